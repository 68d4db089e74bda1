// Enters: a snapshot and its pack. Leaves: the pack's forms as this person is asked, with a sentence for all that can be wrong.
// Never: an answer; the page and the server both hold it against what stands here.
import { askForm } from '../template/ask-form.ts';
import { type Asking, dayOf, type Reason } from '../template/check-answer.ts';
import type { CompiledPack } from '../template/compiled-pack.ts';
import type { Say } from '../template/contract.ts';
import type { AskedField, AskedForm } from '../template/form.ts';
import { mostCharacters } from '../template/form.ts';
import { answerWords } from './answer-words.ts';
import { sayOf } from './roots.ts';
import type { Snapshot } from './snapshot.ts';

/** One form, ready to be asked in the page. */
export interface PageForm {
  readonly form: AskedForm;
  readonly asking: Asking;
  /** By field, then by reason (`checkAnswer`). */
  readonly wrong: Readonly<Record<string, Readonly<Partial<Record<Reason, string>>>>>;
  readonly thanks: string;
}

/** @param today ISO date by the person's calendar */
export function pageForms(
  snapshot: Snapshot,
  pack: CompiledPack,
  today: string,
): Readonly<Record<string, Pick<PageForm, 'form' | 'wrong'>>> {
  return Object.fromEntries(
    Object.keys(pack.forms).flatMap((name) => {
      const form = pageForm(snapshot, pack, name, today);
      // How it is asked is the same for all, and thanks come with the answer.
      return form === null ? [] : [[name, { form: form.form, wrong: form.wrong }]];
    }),
  );
}

/** @param today as above */
export function askingOf({ locale }: Say, today: string): Asking {
  return { today, locale };
}

/** Null where the pack has no such form. */
export function pageForm(
  snapshot: Snapshot,
  pack: CompiledPack,
  name: string,
  today: string,
): PageForm | null {
  const own = Object.hasOwn(pack.forms, name) ? pack.forms[name] : undefined;
  if (own === undefined) return null;
  const say = sayOf(snapshot, pack);
  const form = askForm(own, snapshot.view);
  const wrong = form.fields.map((field) => [field.name, sentencesFor(name, field, today, say)] as const);
  return {
    form,
    asking: askingOf(say, today),
    wrong: Object.fromEntries(wrong),
    thanks: say.t(`form.${name}.thanks`),
  };
}

type Sentences = PageForm['wrong'][string];

/** By who speaks alike, then by field: most of it is the same for all of them, all day. */
const kept = new WeakMap<
  Say,
  WeakMap<AskedField, { readonly today: string; readonly sentences: Sentences }>
>();

function sentencesFor(form: string, field: AskedField, today: string, say: Say): Sentences {
  const mine = kept.get(say) ?? new WeakMap();
  kept.set(say, mine);
  const known = mine.get(field);
  if (known?.today === today) return known.sentences;
  const key = `form.${form}.${field.name}.wrong`;
  const own = Object.hasOwn(say.words, key) ? say.t(key, limitsOf(field)) : undefined;
  const sentences = Object.fromEntries(
    reasonsOf(field).map((reason) => [reason, own ?? inWords(reason, field, today, say)]),
  );
  mine.set(field, { today, sentences });
  return sentences;
}

/** What a message may name; a limit that is not there is nothing. */
function limitsOf(field: AskedField): Readonly<Record<string, string | number>> {
  return field.type === 'number' ? { min: field.min ?? '', max: field.max ?? '' } : {};
}

function reasonsOf(field: AskedField): readonly Reason[] {
  const needed: readonly Reason[] = field.required ? ['required'] : [];
  switch (field.type) {
    case 'text':
    case 'comment':
      return [...needed, 'long'];
    case 'email':
    case 'tel':
      return [...needed, 'long', field.type];
    case 'number':
      return [
        ...needed,
        'number',
        ...limited('step', field.step),
        ...limited('low', field.min),
        ...limited('high', field.max),
      ];
    case 'date':
      return [...needed, 'date', ...limited('early', field.min), ...limited('late', field.max)];
    case 'check':
      return ['accept'];
    default:
      return ['choose'];
  }
}

function limited(reason: Reason, limit: unknown): readonly Reason[] {
  return limit === undefined ? [] : [reason];
}

function inWords(reason: Reason, field: AskedField, today: string, say: Say): string {
  const step = field.type === 'number' ? field.step : undefined;
  return answerWords(say.lang, step)[reason].replace('{limit}', limitOf(reason, field, today, say));
}

function limitOf(reason: Reason, field: AskedField, today: string, say: Say): string {
  if (field.type === 'number') {
    const limit = { step: field.step, low: field.min, high: field.max }[reason as 'step' | 'low' | 'high'];
    return limit === undefined ? '' : say.number(limit, { digits: digitsOf(limit) });
  }
  if (field.type === 'date') {
    const limit = reason === 'early' ? field.min : reason === 'late' ? field.max : undefined;
    return limit === undefined ? '' : say.date(dayOf(limit, today), 'day');
  }
  if (reason !== 'long' || !(field.type in mostCharacters)) return '';
  const own = 'maxLength' in field ? field.maxLength : undefined;
  return say.number(own ?? mostCharacters[field.type as keyof typeof mostCharacters]);
}

/** As many decimals as it has, six at most. */
export function digitsOf(value: number): number {
  return Math.min(String(value).split('.')[1]?.length ?? 0, 6);
}
