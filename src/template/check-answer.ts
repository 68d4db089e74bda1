// Enters: a form as one person is asked, and what was put into it. Leaves: the values it allows, or what is wrong, field by field.
// Never: a word (those are messages), or anything that page and server could judge apart: both call this.
import { type AskedField, type AskedForm, type Day, mostCharacters, scales } from './form.ts';
import { readNumber } from './read-number.ts';

/** What is wrong with one field; the house has a sentence for each, and a pack may have its own. */
export type Reason =
  | 'required'
  | 'choose'
  | 'accept'
  | 'long'
  | 'email'
  | 'tel'
  | 'number'
  | 'step'
  | 'low'
  | 'high'
  | 'date'
  | 'early'
  | 'late';

export type Value = string | number | boolean;
export type Checked =
  | { readonly kind: 'taken'; readonly values: Readonly<Record<string, Value>> }
  | { readonly kind: 'wrong'; readonly errors: Readonly<Record<string, Reason>> };

export interface Asking {
  /** ISO date of the day it is answered, by the person's calendar. */
  readonly today: string;
  /** BCP 47: how numbers are written there. */
  readonly locale: string;
}

/**
 * @param given by field: text as a form posts it, or what JSON says (numbers, true); other fields are left aside. What was
 *   taken may be given again and comes out the same.
 */
export function checkAnswer(
  form: AskedForm,
  given: Readonly<Record<string, unknown>>,
  asking: Asking,
): Checked {
  const values: Record<string, Value> = {};
  const errors: Record<string, Reason> = {};
  for (const field of form.fields) {
    const it = Object.hasOwn(given, field.name) ? given[field.name] : undefined;
    const found = isNothing(it) ? nothingIn(field) : check(field, it, asking);
    if ('wrong' in found) errors[field.name] = found.wrong;
    else if (found.value !== undefined) values[field.name] = found.value;
  }
  return Object.keys(errors).length > 0 ? { kind: 'wrong', errors } : { kind: 'taken', values };
}

type Found = { readonly value: Value | undefined } | { readonly wrong: Reason };

const isNothing = (it: unknown) =>
  it === undefined || it === null || (typeof it === 'string' && clean(it) === '');

/** A box that is not ticked says no; all else says nothing. */
function nothingIn({ type, required }: AskedField): Found {
  if (!required) return { value: type === 'check' ? false : undefined };
  if (type === 'check') return { wrong: 'accept' };
  return { wrong: type === 'choice' || type in scales ? 'choose' : 'required' };
}

function check(field: AskedField, it: unknown, { today, locale }: Asking): Found {
  switch (field.type) {
    case 'text':
    case 'comment':
      return words(it, field.type, field.maxLength);
    case 'email':
      return matching(
        it,
        field.type,
        /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\.]+(?:\.[^\s@<>,;:"()[\]\\.]+)+$/u,
      );
    case 'tel':
      return matching(it, field.type, /^\+?(?:[\s()./-]*\d){5,20}[\s()]*$/);
    case 'check':
      if (it === true || it === 'yes' || it === 'on') return { value: true };
      return it === false && !field.required ? { value: false } : { wrong: 'accept' };
    case 'choice':
      return typeof it === 'string' && field.options.includes(it) ? { value: it } : { wrong: 'choose' };
    case 'date':
      return date(it, field, today);
    case 'number':
      return number(it, field, locale);
    default:
      return step(it, scales[field.type]);
  }
}

function words(it: unknown, type: keyof typeof mostCharacters, most: number = mostCharacters[type]): Found {
  // Given twice, or no text at all: whatever it is, it does not fit here.
  if (typeof it !== 'string') return { wrong: 'long' };
  const text = type === 'comment' ? clean(it) : clean(it).replace(/\s*\n\s*/g, ' ');
  return text.length > most ? { wrong: 'long' } : { value: text };
}

function matching(it: unknown, type: 'email' | 'tel', pattern: RegExp): Found {
  const found = words(it, type);
  return 'value' in found && !pattern.test(String(found.value)) ? { wrong: type } : found;
}

/** Line breaks become one kind; other control characters have no place in what a person writes. */
function clean(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/[^\P{Cc}\n]/gu, '')
    .toWellFormed()
    .trim();
}

function number(it: unknown, field: AskedField & { readonly type: 'number' }, locale: string): Found {
  const value = typeof it === 'string' ? readNumber(it, locale) : it;
  if (typeof value !== 'number' || !(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) return { wrong: 'number' };
  const { min = -Infinity, max = Infinity, step } = field;
  if (step !== undefined && !isMultiple(value, step)) return { wrong: 'step' };
  if (value < min) return { wrong: 'low' };
  return value > max ? { wrong: 'high' } : { value: value === 0 ? 0 : value };
}

/** 0.3 is three times 0.1, whatever binary fractions make of it. */
function isMultiple(value: number, step: number): boolean {
  const count = value / step;
  return Math.abs(count - Math.round(count)) <= 1e-9 * Math.max(1, Math.abs(count));
}

function step(it: unknown, [first, last]: readonly [number, number]): Found {
  const value = typeof it === 'string' && /^\d{1,2}$/.test(it.trim()) ? Number(it) : it;
  const isStep = typeof value === 'number' && Number.isInteger(value) && value >= first && value <= last;
  return isStep ? { value: value === 0 ? 0 : value } : { wrong: 'choose' };
}

function date(it: unknown, field: { readonly min?: Day; readonly max?: Day }, today: string): Found {
  const text = typeof it === 'string' ? it.trim() : '';
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && isInCalendar(text);
  if (!isDay) return { wrong: 'date' };
  const { min, max } = field;
  if (min !== undefined && text < dayOf(min, today)) return { wrong: 'early' };
  return max !== undefined && text > dayOf(max, today) ? { wrong: 'late' } : { value: text };
}

/** JavaScript takes 30 February for 2 March. */
function isInCalendar(iso: string): boolean {
  const day = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso);
}

export function dayOf(day: Day, today: string): string {
  return day === 'today' ? today : day;
}
