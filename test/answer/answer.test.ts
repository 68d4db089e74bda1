import { expect, test } from 'vitest';
import { answer } from '../../src/answer/answer.ts';
import type { Form } from '../../src/template/form.ts';

const form: Form = {
  name: 'call-back',
  fact: 'callBack',
  fields: [
    { name: 'phone', type: 'tel', required: true },
    { name: 'when', type: 'choice', options: ['morning', 'evening'] },
    { name: 'on', type: 'date' },
    { name: 'score', type: 'csat' },
    { name: 'sure', type: 'check' },
    { name: 'note', type: 'comment' },
  ],
  conversion: { value: { view: 'offer.yearly' }, currency: 'EUR' },
};
const values = { phone: '+49 431 12345', when: 'evening', on: '2026-03-02', sure: false, note: 'after six' };
const snapshot = {
  id: '0193a2b4-0000-7000-8000-000000000001',
  pack: { name: 'offer', version: '0123456789abcdef' },
  view: { offer: { yearly: 120.5 } },
};
const submission = '6f0a1c52-1f1c-4f0e-9f57-0d5b8a3a9b10';
const at = new Date('2026-03-01T08:00:00Z');
const said = answer({ form, values, submission, snapshot, at });

test('what somebody says becomes a fact; what is counted has no words and no days in it', () => {
  expect(said.facts).toEqual({ callBack: { ...values, pack: 'offer', at: '2026-03-01T08:00:00.000Z' } });
  expect(said.events).toMatchObject([
    { kind: 'answer', data: { form: 'call-back', when: 'evening', sure: false } },
    { kind: 'conversion', data: { form: 'call-back', value: 120.5, currency: 'EUR' } },
  ]);
  expect(JSON.stringify(said.events)).not.toMatch(/431|six|2026-03-02/);
});

test('the same submission has the same keys, whatever it says; any other has others', () => {
  const keys = (more: Partial<Parameters<typeof answer>[0]>) =>
    answer({ form, values, submission, snapshot, at, ...more }).events.map(({ key }) => key);
  const mine = keys({});
  expect(mine[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(
    keys({ at: new Date(), values: { ...values, when: 'morning' }, submission: submission.toUpperCase() }),
  ).toEqual(mine);
  // Another submission is another answer, and no second conversion.
  const again = keys({ submission: '7f0a1c52-1f1c-4f0e-9f57-0d5b8a3a9b10' });
  expect(again[1]).toBe(mine[1]);
  const others = [
    ...again.slice(0, 1),
    ...keys({ form: { ...form, name: 'other' } }),
    ...keys({ snapshot: { ...snapshot, id: '0193a2b4-0000-7000-8000-000000000002' } }),
  ];
  expect(new Set([...mine, ...others]).size).toBe(7);
});

test('a conversion is worth what the view says, or nothing where it says nothing', () => {
  const poor = answer({ form, values, submission, snapshot: { ...snapshot, view: {} }, at });
  expect(poor.events[1]?.data).toEqual({ form: 'call-back' });
  const foreign = { ...form, conversion: { value: 3, currency: { view: 'offer.currency' } } };
  const worth = (currency: string) =>
    answer({
      form: foreign,
      values,
      submission,
      snapshot: { ...snapshot, view: { offer: { currency } } },
      at,
    }).events[1]?.data;
  expect(worth('CHF')).toEqual({ form: 'call-back', value: 3, currency: 'CHF' });
  expect(worth('francs')).toEqual({ form: 'call-back' });
});
