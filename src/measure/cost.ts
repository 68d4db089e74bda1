// Enters: what a message costs, a funnel, and values. Leaves: Cost, what a click, an answer and a conversion cost, and what came back.
// Never: a rate of exchange. What came in another currency is not set against it.
import { type Amount, shareOf, times } from './amount.ts';
import { type Funnel, stepOf } from './funnel.ts';
import type { Value } from './value.ts';

export interface Price {
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
}

export interface Cost {
  readonly currency: string;
  readonly perMessage: Amount;
  /** Handed to a mail server, each once however often it was tried. */
  readonly messages: number;
  readonly total: Amount;
  /** Of those who agreed to be counted, what their messages cost over those of them who clicked: others' clicks are never seen. */
  readonly perClick: Amount | null;
  readonly perAnswer: Amount | null;
  /** Per person who converted. */
  readonly perConversion: Amount | null;
  /** What conversions in the same currency were worth. */
  readonly value: Amount;
  /** `value` per one of the currency spent: 4 is four euros for each. Null where nothing was spent. */
  readonly return: Amount | null;
}

export function costOf({ amount, currency }: Price, funnel: Funnel, values: readonly Value[]): Cost {
  const people = (step: Parameters<typeof stepOf>[1]) => stepOf(funnel, step)?.people ?? 0;
  const messages = people('sent');
  const total = times(amount, messages);
  const value = values.find((it) => it.currency === currency)?.sum ?? '0';
  const tracked = stepOf(funnel, 'clicked')?.among ?? 0;
  return {
    currency,
    perMessage: times(amount, 1),
    messages,
    total,
    perClick: shareOf(times(amount, tracked), people('clicked')),
    perAnswer: shareOf(total, people('answered')),
    perConversion: shareOf(total, people('converted')),
    value,
    return: shareOf(value, total),
  };
}
