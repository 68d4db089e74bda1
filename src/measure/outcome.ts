// Enters: Figures of a run, or of a part of it. Leaves: Outcome, what came of those people in every respect. Never: a comparison.
import type { Form } from '../template/form.ts';
import type { Figures } from './cell.ts';
import { type Chat, chatOf } from './chat.ts';
import { type Cost, costOf, type Price } from './cost.ts';
import { type Funnel, funnel, stepOf } from './funnel.ts';
import { type Reading, readingOf } from './reading.ts';
import { type Survey, surveysOf } from './survey.ts';
import { type Value, valuesOf } from './value.ts';

export interface Outcome {
  readonly funnel: Funnel;
  /** By currency, what conversions since the message were worth. */
  readonly values: readonly Value[];
  /** Null where the campaign does not say what a message costs. */
  readonly cost: Cost | null;
  readonly surveys: readonly Survey[];
  readonly chat: Chat;
  readonly reading: Reading;
}

export interface OutcomeOptions {
  /** The whole audience; null for a part of a run. */
  readonly planned: number | null;
  readonly price: Price | null;
  /** What the pack's forms ask. */
  readonly forms: Readonly<Record<string, Pick<Form, 'fields'>>>;
}

export function outcomeOf(figures: Figures, { planned, price, forms }: OutcomeOptions): Outcome {
  const whole = funnel(figures, planned);
  const values = valuesOf(figures.values, stepOf(whole, 'accepted')?.people ?? 0);
  return {
    funnel: whole,
    values,
    cost: price && costOf(price, whole, values),
    surveys: surveysOf(figures.answers, forms),
    chat: chatOf(figures.chat),
    reading: readingOf(figures),
  };
}
