const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** As Standard Webhooks proposes: ten tries over three days. */
const delaysMs = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];

/** However long a receiver asks us to wait. */
const longestMs = 24 * hour;

/**
 * How long a delivery rests after a failed try, up to a fifth longer at random; null when it was the last one.
 * @param attempt 1 for the first try
 * @param random 0 ≤ random < 1
 * @param askedMs what the receiver's Retry-After says
 */
export function nextTryMs(attempt: number, random: number, askedMs = 0): number | null {
  const delayMs = delaysMs[attempt - 1];
  if (delayMs === undefined) return null;
  return Math.round(Math.max(delayMs * (1 + random / 5), Math.min(askedMs, longestMs)));
}
