// Enters: answers by form, field and value, and what the pack's forms ask. Leaves: Survey, NPS, CSAT, CES and choices in numbers.
// Never: a word that somebody wrote.
import type { Form } from '../template/form.ts';
import { type AnswerCount, addUp } from './cell.ts';
import { type Nps, npsOf } from './nps.ts';
import { type Interval, rateOf, wilson } from './proportion.ts';

export interface Survey {
  readonly form: string;
  /** Whose last answer counts, once each. */
  readonly people: number;
  /** As the form asks them; what no version of the pack asks any more comes last. */
  readonly fields: readonly SurveyField[];
}

export type SurveyField = { readonly field: string; readonly people: number } & (
  | ({ readonly type: 'nps'; readonly byScore: readonly Scored[] } & Nps)
  | {
      readonly type: 'csat';
      /** 1 … 5. */
      readonly mean: number;
      readonly byScore: readonly Scored[];
      /** Those who gave 4 or 5. */
      readonly satisfied: number;
      readonly share: number;
      /** Of the share, 95 % (Wilson). */
      readonly interval: Interval;
    }
  | {
      /** CES (1 … 7), or whole numbers that the pack's forms say nothing of. */
      readonly type: 'ces' | 'number';
      readonly mean: number;
      readonly byScore: readonly Scored[];
    }
  | { readonly type: 'choice'; readonly options: readonly Chosen[] }
  /** A reading, a date: how many gave one. */
  | { readonly type: 'given' }
);

export interface Scored {
  readonly score: number;
  readonly people: number;
}

export interface Chosen {
  readonly option: string;
  readonly people: number;
  readonly share: number;
  /** Of the share, 95 % (Wilson). */
  readonly interval: Interval;
}

/** @param forms what the pack asks by now; messages that are out may have asked something else */
export function surveysOf(
  counts: readonly AnswerCount[],
  forms: Readonly<Record<string, Pick<Form, 'fields'>>>,
): Survey[] {
  const names = [...new Set(counts.map((it) => it.form))].sort();
  return names.map((form) => {
    const own = counts.filter((it) => it.form === form);
    const asked = Object.hasOwn(forms, form) ? (forms[form]?.fields ?? []) : [];
    const order = asked.map((it) => it.name);
    const there = new Set(own.map((it) => it.field).filter((it) => it !== ''));
    const fields = [
      ...order.filter((it) => there.has(it)),
      ...[...there].filter((it) => !order.includes(it)).sort(),
    ];
    return {
      form,
      people: addUp(own, (it) => (it.field === '' ? it.people : 0)),
      fields: fields.map((field) =>
        fieldOf(
          field,
          asked.find((it) => it.name === field),
          own.filter((it) => it.field === field),
        ),
      ),
    };
  });
}

function fieldOf(
  field: string,
  asked: Form['fields'][number] | undefined,
  counts: readonly AnswerCount[],
): SurveyField {
  const scores = scoresOf(counts);
  const scored = addUp(scores, (it) => it.people);
  const people = addUp(counts, (it) => it.people);
  const type = asked?.type;
  if (type === 'nps' && scored > 0) {
    return { field, people: scored, type, ...npsOf(scores), byScore: scores };
  }
  if (type === 'csat' && scored > 0) {
    const satisfied = addUp(scores, (it) => (it.score >= 4 ? it.people : 0));
    const count = { people: scored, hits: satisfied };
    const share = rateOf(count) ?? 0;
    return {
      field,
      people: scored,
      type,
      mean: meanOf(scores),
      byScore: scores,
      satisfied,
      share,
      interval: wilson(count),
    };
  }
  if ((type === 'ces' || type === undefined) && scored > 0 && (type === 'ces' || scored === people)) {
    return { field, people: scored, type: type ?? 'number', mean: meanOf(scores), byScore: scores };
  }
  const chosen = counts.filter((it) => typeof it.value === 'string' || typeof it.value === 'boolean');
  if (chosen.length > 0) return { field, people, type: 'choice', options: optionsOf(chosen, people) };
  return { field, people, type: 'given' };
}

function scoresOf(counts: readonly AnswerCount[]): Scored[] {
  const them = counts.flatMap((it) =>
    typeof it.value === 'number' ? { score: it.value, people: it.people } : [],
  );
  return [...new Set(them.map((it) => it.score))]
    .sort((a, b) => a - b)
    .map((score) => ({ score, people: addUp(them, (it) => (it.score === score ? it.people : 0)) }));
}

function meanOf(scores: readonly Scored[]): number {
  return addUp(scores, (it) => it.score * it.people) / addUp(scores, (it) => it.people);
}

/** The most frequent first. */
function optionsOf(counts: readonly AnswerCount[], people: number): Chosen[] {
  const options = [...new Set(counts.map((it) => String(it.value)))];
  return options
    .map((option) => {
      const hits = addUp(counts, (it) => (String(it.value) === option ? it.people : 0));
      return { option, people: hits, share: hits / people, interval: wilson({ people, hits }) };
    })
    .sort((a, b) => b.people - a.people || (a.option < b.option ? -1 : 1));
}
