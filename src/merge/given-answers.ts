// Enters: a page's forms, and what was answered behind its link. Leaves: those answers as the page shows them, and as its fields take them.
// Never: what somebody wrote in words of their own; a link may be passed on, and that stays with the profile.
import type { Json } from '../profile/profile.ts';
import type { Say } from '../template/contract.ts';
import { type Field, type Form, isCountable, scales } from '../template/form.ts';
import { writeNumber } from '../template/read-number.ts';
import { dayIn } from './day-in.ts';
import { givenWords } from './given-words.ts';
import { digitsOf } from './page-forms.ts';

/** The latest answer to one form. */
export interface GivenAnswer {
  /** ISO 8601. */
  readonly at: string;
  /** By field: numbers, choices and boxes. */
  readonly values: Readonly<Record<string, Json>>;
}

/** By form. They lie on top of the snapshot: the page is made of both, and neither changes the other. */
export type GivenAnswers = Readonly<Record<string, GivenAnswer>>;

/** Texts by form, then by field. */
export type ByField = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface ShownAnswers {
  /** The root `given`, by form: what stands there once it was answered. */
  readonly given: Readonly<
    Record<
      string,
      {
        readonly when: string;
        readonly values: Readonly<Record<string, string>>;
        /** Leads to the form once more. */
        readonly change: string;
      }
    >
  >;
  /** As a browser would post them. */
  readonly texts: ByField;
}

const none: ShownAnswers = { given: {}, texts: {} };

/** @param timeZone IANA name: by whose calendar the day is told */
export function showAnswers(
  forms: Readonly<Record<string, Form>>,
  answers: GivenAnswers,
  say: Say,
  timeZone: string,
): ShownAnswers {
  const known = Object.values(forms).flatMap((form) => {
    const answer = Object.hasOwn(answers, form.name) ? answers[form.name] : undefined;
    return answer === undefined ? [] : [{ form, answer }];
  });
  if (known.length === 0) return none;
  const words = givenWords(say.lang);
  const all = known.map(({ form, answer: { at, values } }) => {
    const fields = form.fields.flatMap((field) => {
      const value = isCountable(field) && Object.hasOwn(values, field.name) ? values[field.name] : undefined;
      const it = value === undefined ? null : readBack(form.name, field, value, say);
      return it === null ? [] : [{ name: field.name, ...it }];
    });
    const by = (pick: 'shown' | 'text') => Object.fromEntries(fields.map((it) => [it.name, it[pick]]));
    const when = words.when.replace('{day}', say.date(dayIn(timeZone, new Date(at)), 'day'));
    return [form.name, { when, values: by('shown'), change: words.change }, by('text')] as const;
  });
  return {
    given: Object.fromEntries(all.map(([name, given]) => [name, given])),
    texts: Object.fromEntries(all.map(([name, , texts]) => [name, texts])),
  };
}

/** Null for what this field cannot hold: the answer may be older than the form. */
function readBack(
  form: string,
  field: Field,
  value: Json,
  say: Say,
): { readonly shown: string; readonly text: string } | null {
  switch (field.type) {
    case 'choice':
      if (typeof value !== 'string' || !field.options.includes(value)) return null;
      return { shown: say.t(`form.${form}.${field.name}.${value}`), text: value };
    case 'check':
      return value === true ? { shown: '✓', text: 'yes' } : null;
    case 'number':
      if (typeof value !== 'number') return null;
      return {
        shown: say.number(value, { digits: digitsOf(value) }),
        text: writeNumber(value, say.locale),
      };
    case 'nps':
    case 'csat':
    case 'ces':
      if (typeof value !== 'number') return null;
      return { shown: `${value} / ${scales[field.type][1]}`, text: String(value) };
    default:
      return null;
  }
}
