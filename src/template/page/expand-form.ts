// Enters: a form of a pack. Leaves: its HTML as Handlebars: asked, filled in and wrong, thanked for, or read back.
// Never: a script's work. What stands here is sent by any browser, and styled by the page's own rules.
import { type Field, type Form, isCountable, type Limit, mostCharacters, scales } from '../form.ts';
import type { Messages } from '../messages.ts';
import type { Expand } from './expand-elements.ts';

/** `<dearly-survey>` is the same to a browser without a script; the page's own code may treat it otherwise. */
export function formExpanders(
  forms: Readonly<Record<string, Form>>,
  messages: Messages,
): Readonly<Record<string, Expand>> {
  const expand: Expand = ({ name = '' }) => {
    const form = Object.hasOwn(forms, name) ? forms[name] : undefined;
    return form === undefined ? '' : expandForm(form, messages);
  };
  return { 'dearly-form': expand, 'dearly-survey': expand };
}

/** Roots are named as `@root.…`, so that a form may stand in any block. One line: the author's lines keep their numbers. */
function expandForm(form: Form, messages: Messages): string {
  const { name, fields } = form;
  const say = (word: string) => `{{t "form.${name}.${word}"}}`;
  const places = fields.map((field) => placeOf(form, field, messages));
  const given = `@root.given.${name}`;
  return [
    `{{#if (eq @root.answered "${name}")}}`,
    `<p class="df-thanks" id="form-${name}" role="status">${say('thanks')}</p>`,
    '{{else}}',
    `{{#if ${given}}}`,
    `<div class="df-given"${form.once ? ` id="form-${name}"` : ''}><p class="df-given-when">{{${given}.when}}</p>`,
    ...places.map((place) => expandGiven(given, place)),
    // What was found wrong a moment ago is not folded away.
    form.once
      ? '</div>{{else}}'
      : `<details class="df-change"{{#if @root.wrong.${name}}} open{{/if}}><summary>{{${given}.change}}</summary>{{/if}}`,
    // Back from the server with something to mend, the page opens at its form.
    `<form class="df-form" id="form-${name}" method="post" action="{{@root.links.answer}}#form-${name}" aria-label="${say('title')}" data-form="${name}">`,
    `<input type="hidden" name="form" value="${name}">`,
    '<input type="hidden" name="submission" value="{{@root.submission}}">',
    ...places.map(expandField),
    `<button class="df-submit button" type="submit">${say('submit')}</button>`,
    '</form>',
    form.once ? '{{/if}}' : `{{#if ${given}}}</details></div>{{/if}}`,
    '{{/if}}',
  ].join('');
}

/** All that the HTML of one field is made of. */
interface Place {
  readonly field: Field;
  readonly id: string;
  readonly label: string;
  /** Of one of its other words. */
  readonly word: (name: string) => string;
  readonly hint: string;
  readonly error: string;
  /** Expressions for what was sent, and what is wrong with it. */
  readonly value: string;
  readonly wrong: string;
  readonly described: string;
}

function placeOf({ name }: Form, field: Field, messages: Messages): Place {
  const id = `form-${name}-${field.name}`;
  const key = `form.${name}.${field.name}`;
  const [value, wrong] = [`@root.values.${name}.${field.name}`, `@root.wrong.${name}.${field.name}`];
  const limits = limitsOf(field);
  const word = (one: string) => `{{t "${key}.${one}"${limits}}}`;
  const hasHint = Object.hasOwn(messages, `${key}.hint`);
  return {
    field,
    id,
    label: `{{t "${key}"${limits}}}`,
    word,
    hint: hasHint ? `<p class="df-hint" id="${id}-hint">${word('hint')}</p>` : '',
    error: `<p class="df-error" id="${id}-error" {{#if ${wrong}}}role="alert"{{else}}hidden{{/if}}>{{${wrong}}}</p>`,
    value,
    wrong,
    described: `aria-describedby="${hasHint ? `${id}-hint ` : ''}${id}-error"`,
  };
}

/** What was answered stands above what asks for it again. */
function expandGiven(given: string, { field, label }: Place): string {
  if (!isCountable(field)) return '';
  const value = `${given}.values.${field.name}`;
  return `{{#if ${value}}}<p class="df-given-answer"><span>${label}</span> <strong>{{${value}}}</strong></p>{{/if}}`;
}

/** For messages that name them; as numbers, which ICU formats (`{min, number}`). */
function limitsOf(field: Field): string {
  if (field.type !== 'number') return '';
  const shown = (limit: Limit | undefined) =>
    limit === undefined ? '""' : typeof limit === 'number' ? String(limit) : `@root.${limit.view}`;
  return ` min=${shown(field.min)} max=${shown(field.max)}`;
}

function expandField(place: Place): string {
  const { field } = place;
  if (field.type === 'choice') {
    const options = field.options.map((name) => ({ name, label: place.word(name) }));
    return group(place, 'df-choice', options, '');
  }
  if (field.type === 'nps' || field.type === 'csat' || field.type === 'ces') {
    const [first, last] = scales[field.type];
    const steps = Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
    const options = steps.map((name) => ({ name, label: name }));
    const ends = `<p class="df-ends"><span>${place.word('low')}</span><span>${place.word('high')}</span></p>`;
    return group(place, `df-scale df-${field.type}`, options, ends);
  }
  const { id, label, hint, error } = place;
  const inner =
    field.type === 'check'
      ? `<label class="df-option">${control(place)}<span>${label}</span></label>${hint}`
      : `<label class="df-label" for="${id}">${label}</label>${hint}${control(place)}`;
  return `<div class="df-field df-${field.type}" data-field="${field.name}">${inner}${error}</div>`;
}

function control({ field, id, value, wrong, described }: Place): string {
  const { name, required } = field;
  const always = [
    `id="${id}"`,
    `name="${name}"`,
    ...(required ? ['required'] : []),
    described,
    `{{#if ${wrong}}}aria-invalid="true"{{/if}}`,
  ].join(' ');
  switch (field.type) {
    case 'comment':
      return `<textarea class="df-input" rows="3" maxlength="${field.maxLength ?? mostCharacters.comment}" ${always}>{{${value}}}</textarea>`;
    case 'check':
      return `<input type="checkbox" value="yes" ${always} {{#if ${value}}}checked{{/if}}>`;
    default:
      return `<input class="df-input" ${attributesOf(field)} value="{{${value}}}" ${always}>`;
  }
}

/** A number is text to the browser: its own number fields refuse the comma of a language that is not theirs. */
function attributesOf(field: Field): string {
  switch (field.type) {
    case 'email':
    case 'tel':
      return `type="${field.type}" maxlength="${mostCharacters[field.type]}" autocomplete="${field.type}"`;
    case 'number':
      return `type="text" inputmode="${Number.isInteger(field.step) ? 'numeric' : 'decimal'}" maxlength="40" autocomplete="off"`;
    case 'date': {
      const known = (['min', 'max'] as const).filter((end) => /^\d/.test(field[end] ?? ''));
      return ['type="date"', ...known.map((end) => `${end}="${field[end]}"`)].join(' ');
    }
    case 'text':
      return `type="text" maxlength="${field.maxLength ?? mostCharacters.text}"`;
    default:
      return '';
  }
}

function group(
  { field, label, hint, error, value, wrong, described }: Place,
  kind: string,
  options: readonly { readonly name: string; readonly label: string }[],
  ends: string,
): string {
  const radios = options.map(
    (it) =>
      `<label class="df-option"><input type="radio" name="${field.name}" value="${it.name}"${field.required ? ' required' : ''} {{#if (eq ${value} "${it.name}")}}checked{{/if}}><span>${it.label}</span></label>`,
  );
  return [
    `<fieldset class="df-field ${kind}" role="radiogroup" data-field="${field.name}" ${described} {{#if ${wrong}}}aria-invalid="true"{{/if}}>`,
    `<legend class="df-label">${label}</legend>${hint}`,
    `<div class="df-options">${radios.join('')}</div>`,
    `${ends}${error}</fieldset>`,
  ].join('');
}
