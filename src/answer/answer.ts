// Enters: the values of a form that was found sound, the form, the snapshot behind the page. Leaves: Answer: facts to learn, events.
// Never: I/O, or a word of the snapshot changed; answers lie on top of it.
import type { Snapshot } from '../merge/snapshot.ts';
import type { Facts, Json } from '../profile/profile.ts';
import { currencyAt, numberAt } from '../template/ask-form.ts';
import type { Value } from '../template/check-answer.ts';
import { type Form, isCountable } from '../template/form.ts';
import { answerKey } from './answer-key.ts';

export interface AnswerEvent {
  /** UUID: of an answer the same for the same submission, of a conversion for the same form of the same message. */
  readonly key: string;
  readonly kind: 'answer' | 'conversion';
  readonly data: Readonly<Record<string, Json>>;
}

export interface Answer {
  /** Learned about the profile, merged at the top level: the latest answer is the fact. `facts.clear.score` in a segment's rule. */
  readonly facts: Facts;
  /** The answer first; what somebody wrote stays with the profile, where it can be shown and erased. */
  readonly events: readonly AnswerEvent[];
}

/** @param submission UUID of the view of the page that it was sent from: sent twice, it is one answer */
export function answer(input: {
  readonly form: Form;
  readonly values: Readonly<Record<string, Value>>;
  readonly submission: string;
  readonly snapshot: Pick<Snapshot, 'id' | 'pack' | 'view'>;
  readonly at: Date;
}): Answer {
  const { form, values, submission, snapshot, at } = input;
  const { name, fact, fields, conversion } = form;
  const key = (kind: AnswerEvent['kind'], which: string) => answerKey(snapshot.id, name, which, kind);
  const counted = fields.filter((field) => isCountable(field) && Object.hasOwn(values, field.name));
  const numbers = Object.fromEntries(counted.map((field) => [field.name, values[field.name] ?? null]));
  return {
    facts: { [fact]: { ...values, pack: snapshot.pack.name, at: at.toISOString() } },
    events: [
      { key: key('answer', submission), kind: 'answer', data: { ...numbers, form: name } },
      ...(conversion === undefined
        ? []
        : // Who mends a reading, or says yes once more, has not bought twice.
          [
            {
              key: key('conversion', ''),
              kind: 'conversion' as const,
              data: { form: name, ...worth(conversion, snapshot) },
            },
          ]),
    ],
  };
}

function worth(
  { value, currency }: NonNullable<Form['conversion']>,
  { view }: Pick<Snapshot, 'view'>,
): Readonly<Record<string, Json>> {
  const [amount, code] = [numberAt(value, view), currencyAt(currency, view)];
  return amount === null || code === null ? {} : { value: amount, currency: code };
}
