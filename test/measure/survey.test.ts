import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chatOf } from '../../src/measure/chat.ts';
import { npsOf } from '../../src/measure/nps.ts';
import { surveysOf } from '../../src/measure/survey.ts';

const scores = fc.array(
  fc.record({ score: fc.integer({ min: 0, max: 10 }), people: fc.integer({ min: 1, max: 100_000 }) }),
  {
    minLength: 1,
    maxLength: 11,
  },
);

test('an NPS lies between -100 and 100, inside its interval, and everybody is in one of three groups', () => {
  fc.assert(
    fc.property(scores, (them) => {
      const { promoters, passives, detractors, score, interval } = npsOf(them);
      const people = them.reduce((sum, it) => sum + it.people, 0);
      expect(promoters + passives + detractors).toBe(people);
      expect(score).toBeCloseTo((100 * (promoters - detractors)) / people, 9);
      expect(interval.low).toBeGreaterThanOrEqual(-100);
      expect(interval.high).toBeLessThanOrEqual(100);
      expect(interval.low).toBeLessThanOrEqual(score);
      expect(interval.high).toBeGreaterThanOrEqual(score);
      // Turned round, promoters are detractors.
      const mirrored = npsOf([
        { score: 0, people: promoters },
        { score: 8, people: passives },
        { score: 10, people: detractors },
      ]);
      expect(mirrored.interval.low).toBeCloseTo(-interval.high, 9);
    }),
    { examples: [[[{ score: 0, people: 1 }]], [[{ score: 10, people: 1 }]]] },
  );
});

const cell = { variant: 'a', phase: null, form: 'f' } as const;
const forms = {
  f: {
    fields: [
      { name: 'nps', type: 'nps' },
      { name: 'clear', type: 'csat' },
      { name: 'easy', type: 'ces' },
      { name: 'day', type: 'date' },
      { name: 'tariff', type: 'choice', options: ['x', 'y'] },
    ],
  },
} as const;

test('fields are told as the form asks them, and what nobody knows any more as what it looks like', () => {
  const answers = [
    { ...cell, field: '', value: null, people: 10 },
    { ...cell, field: 'tariff', value: 'y', people: 3 },
    { ...cell, field: 'tariff', value: 'x', people: 1 },
    { ...cell, field: 'clear', value: 5, people: 6 },
    { ...cell, field: 'clear', value: 1, people: 2 },
    { ...cell, variant: 'b', field: 'clear', value: 4, people: 2 },
    { ...cell, field: 'easy', value: 7, people: 1 },
    { ...cell, field: 'easy', value: 2, people: 1 },
    { ...cell, field: 'day', value: null, people: 2 },
    { ...cell, field: 'gone', value: 3, people: 2 },
    { ...cell, field: 'hasComment', value: true, people: 4 },
  ];
  const [survey, ...others] = surveysOf(answers, forms);
  expect(others).toEqual([]);
  expect(survey).toMatchObject({ form: 'f', people: 10 });
  expect(survey?.fields).toMatchObject([
    { field: 'clear', type: 'csat', people: 10, mean: 4, satisfied: 8, share: 0.8 },
    { field: 'easy', type: 'ces', mean: 4.5, byScore: [{ score: 2 }, { score: 7 }] },
    { field: 'day', type: 'given', people: 2 },
    { field: 'tariff', type: 'choice', options: [{ option: 'y', people: 3, share: 0.75 }, { option: 'x' }] },
    { field: 'gone', type: 'number', mean: 3 },
    { field: 'hasComment', type: 'choice', options: [{ option: 'true', people: 4 }] },
  ]);
});

test('a chat tells how many questions found nothing', () => {
  const asked = {
    variant: 'a',
    phase: null,
    people: 2,
    questions: 5,
    unanswered: 1,
    found: { why: 3, how: 1 },
  };
  expect(chatOf([asked, { ...asked, variant: 'b', found: { how: 4 } }])).toEqual({
    people: 4,
    questions: 10,
    unanswered: 2,
    share: 0.8,
    top: [
      { answer: 'how', questions: 5 },
      { answer: 'why', questions: 3 },
    ],
  });
  expect(chatOf([]).share).toBeNull();
});
