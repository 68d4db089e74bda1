import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeedCount, Figures, SentCount } from '../../src/measure/cell.ts';
import { figuresOf } from '../../src/measure/cell.ts';
import { funnel, type Step, stepOf, steps } from '../../src/measure/funnel.ts';
import { readingOf } from '../../src/measure/reading.ts';

const none: Figures = { sent: [], deeds: [], values: [], arms: [], answers: [], chat: [] };

const cell = fc.record({
  variant: fc.constantFrom('a', 'b', null),
  phase: fc.constantFrom('sample' as const, 'rest' as const, null),
});
const people = fc.nat(1000);

/** What a database can have counted: of each cell nobody does more than there are people. */
const figures: fc.Arbitrary<Figures> = fc
  .uniqueArray(cell, { selector: (it) => `${it.variant} ${it.phase}`, maxLength: 6 })
  .chain((cells) =>
    fc.tuple(
      ...cells.map((it) =>
        fc
          .record({
            tracked: people,
            untracked: people,
            bounced: people,
            shares: fc.array(fc.nat(100), { minLength: 16, maxLength: 16 }),
          })
          .map(({ tracked, untracked, bounced, shares }) => {
            const sent: SentCount[] = [
              { ...it, state: 'accepted', people: tracked + untracked, tracked },
              { ...it, state: 'bounced', people: bounced, tracked: 0 },
            ];
            const part = (at: number, of: number) => Math.floor(((shares[at] ?? 0) / 500) * of);
            const did = (deed: string, at: number, mark: number | null = null): DeedCount[] => [
              { ...it, deed, mark, machine: false, tracked: true, people: part(at, tracked) },
              { ...it, deed, mark, machine: false, tracked: false, people: part(at + 1, untracked) },
              { ...it, deed, mark, machine: true, tracked: true, people: part(at + 2, tracked) },
            ];
            const film = [null, 25, 50, 75, 100].flatMap((mark, at) => did('video-start', at, mark));
            const read = [10, 30, 60].flatMap((mark, at) => did('read', at + 6, mark));
            return { sent, deeds: [...film, ...read, ...did('open', 9), ...did('visit', 12)] };
          }),
      ),
    ),
  )
  .map((parts) => ({
    ...none,
    sent: parts.flatMap((it) => it.sent),
    deeds: parts.flatMap((it) => it.deeds),
  }));

test('whatever was counted, no step holds more people than it is a share of, and a film only loses viewers', () => {
  fc.assert(
    fc.property(figures, fc.nat(10_000), (them, more) => {
      const planned = them.sent.reduce((sum, it) => sum + it.people, 0) + more;
      const whole = funnel(them, planned);
      expect(whole.steps.map((it) => it.step)).toEqual(steps);
      for (const { people: count, among, share, interval } of whole.steps) {
        expect(count).toBeLessThanOrEqual(among ?? planned);
        if (share === null || interval === null) continue;
        expect(interval.low).toBeLessThanOrEqual(share);
        expect(interval.high).toBeGreaterThanOrEqual(share);
      }
      const film = (['played', 'watched-25', 'watched-50', 'watched-75', 'watched-100'] as const).map(
        (step) => stepOf(whole, step)?.people ?? 0,
      );
      expect(film).toEqual(film.toSorted((a, b) => b - a));
    }),
  );
});

test('the parts of a run add up to the whole of it', () => {
  fc.assert(
    fc.property(figures, (them) => {
      const whole = funnel(them, null);
      const parts = ['a', 'b', null].map((name) =>
        funnel(
          figuresOf(them, (it) => it.variant === name),
          null,
        ),
      );
      for (const { step, people: count, machines, later } of whole.steps) {
        const own = parts.map((it) => stepOf(it, step as Step));
        const sum = (of: 'people' | 'machines' | 'later') =>
          own.reduce((all, it) => all + (it?.[of] ?? 0), 0);
        expect([sum('people'), sum('machines'), sum('later')]).toEqual([count, machines ?? 0, later]);
      }
    }),
  );
});

test('half of those who came read at least the median, and fewer than half the next mark', () => {
  fc.assert(
    fc.property(figures, (them) => {
      const { people: all, medianSeconds, atLeast } = readingOf(them);
      fc.pre(medianSeconds !== null);
      const reached = (seconds: number) => atLeast.find((it) => it.seconds === seconds)?.people ?? 0;
      const next = atLeast.find((it) => it.seconds > medianSeconds);
      if (medianSeconds > 0) expect(reached(medianSeconds) * 2).toBeGreaterThanOrEqual(all);
      if (next) expect(next.people * 2).toBeLessThan(all);
    }),
  );
});

test('nobody: no shares rather than a division by zero', () => {
  expect(funnel(none, 0).steps.every((it) => it.share === null && it.interval === null)).toBe(true);
  expect(readingOf(none)).toEqual({ people: 0, medianSeconds: null, atLeast: [] });
});
