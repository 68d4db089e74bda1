import { expect, test } from 'vitest';
import { makePace } from '../../src/run/pace.ts';

test('no window of a second lets more through than the limit, however many ask at once', async () => {
  const pace = makePace(40);
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: 60 }, async () => {
      await pace.take(null);
      times.push(performance.now());
    }),
  );
  times.sort((a, b) => a - b);
  for (const start of times) {
    // Timers may fire a millisecond early; one message of slack covers that.
    expect(times.filter((at) => at >= start && at < start + 990).length).toBeLessThanOrEqual(41);
  }
});

test('an idle time is not saved up', async () => {
  const pace = makePace(20);
  await pace.take(null);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const startedAt = performance.now();
  await Promise.all([pace.take(null), pace.take(null), pace.take(null)]);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(95);
});

test('waiting ends when the signal says so', async () => {
  const pace = makePace(1);
  await pace.take(null);
  const abort = new AbortController();
  const waiting = pace.take(null, abort.signal);
  abort.abort();
  await expect(waiting).rejects.toThrow();
});
