import { expect, test } from 'vitest';
import { makePace } from '../../src/run/pace.ts';

test('no window of a second lets more through than the limit, however many ask at once', async () => {
  const pace = makePace(40);
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: 60 }, async () => {
      await pace();
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
  await pace();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const startedAt = performance.now();
  await Promise.all([pace(), pace(), pace()]);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(95);
});

test('waiting ends when the signal says so', async () => {
  const pace = makePace(1);
  await pace();
  const abort = new AbortController();
  const waiting = pace(abort.signal);
  abort.abort();
  await expect(waiting).rejects.toThrow();
});
