import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Batch, batchSchema } from '../../src/track/event.ts';
import { placeInTime } from '../../src/track/place-in-time.ts';

const receivedAt = new Date('2026-11-20T12:00:00.000Z');
const notBefore = new Date('2026-11-01T00:00:00.000Z');
const bounds = { receivedAt, notBefore };
const iso = (ms: number) => new Date(ms).toISOString();
const event = (seq: number, at: string): Batch['events'][number] => ({
  id: randomUUID(),
  seq,
  at,
  kind: 'video-progress',
  data: {},
});
const place = (batch: Batch) => placeInTime(batch, bounds).map(({ event: { seq }, at }) => [seq, at]);

test('a clock that is years off does not matter: what lies between the times does', () => {
  const sentAt = '2031-01-01T00:01:00.000Z';
  const events = [event(1, '2031-01-01T00:00:50.000Z'), event(0, '2031-01-01T00:00:00.000Z')];
  expect(place({ sentAt, events })).toEqual([
    [0, '2026-11-20T11:59:00.000Z'],
    [1, '2026-11-20T11:59:50.000Z'],
  ]);
});

test('without times it is the moment the batch came in', () => {
  const events = [{ id: randomUUID(), kind: 'video-start', data: {} } as const];
  expect(placeInTime({ events }, bounds).map((it) => it.at)).toEqual([receivedAt.toISOString()]);
});

test('whatever clocks say: in order, never in the future, never before the page was made', () => {
  const moment = fc.integer({ min: -1e13, max: 1e13 }).map((ms) => iso(receivedAt.getTime() + (ms % 1e10)));
  const batches = fc.record({
    sentAt: moment,
    events: fc.array(fc.tuple(fc.nat(99), moment), { minLength: 1, maxLength: 20 }),
  });
  fc.assert(
    fc.property(batches, ({ sentAt, events }) => {
      const placed = placeInTime({ sentAt, events: events.map(([seq, at]) => event(seq, at)) }, bounds);
      const times = placed.map((it) => Date.parse(it.at));
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(Math.min(...times)).toBeGreaterThanOrEqual(notBefore.getTime());
      expect(Math.max(...times)).toBeLessThanOrEqual(receivedAt.getTime());
      const order = placed.map((it) => it.event.seq ?? 0);
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }),
  );
});

test.for([
  ['what no database keeps', { kind: 'read', data: { scene: 'a\0b' } }],
  ['half a character', { kind: 'read', data: { scene: '\ud800' } }],
  ['a name that is none', { kind: 'read', data: { 'a b': 1 } }],
  ['what only the server sees', { kind: 'click' }],
] as const)('refused: %s', ([, it]) => {
  expect(batchSchema.safeParse({ events: [{ id: randomUUID(), ...it }] }).success).toBe(false);
});
