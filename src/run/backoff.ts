/**
 * How long a deferred message rests: 1, 2, 4 … minutes, at most 4 hours, each with up to half of it taken off at random so
 * that a thousand rows put off by one outage do not come back in the same second.
 * @param attempt 1 for the first try
 * @param random 0 ≤ random < 1
 */
export function backoffMs(attempt: number, random: number): number {
  const fullMs = Math.min(60_000 * 2 ** Math.min(attempt - 1, 20), 4 * 3_600_000);
  return Math.round(fullMs * (1 - random / 2));
}
