/** How large a difference so many people can show, for whoever plans a test. */
export interface Sensitivity {
  /** The rate that the worse one is thought to have. */
  readonly rate: number;
  /** The better one's, from which on the difference would most likely be seen. Null where even all of them would not do. */
  readonly seenFrom: number | null;
}

/** 80 % of tests see a difference of this size: the usual power. */
const zPower = 0.8416212335729143;

/**
 * The textbook sample size of two shares, turned round: n = (zα + zβ)² · (p(1 − p) + q(1 − q)) / (q − p)², solved for q
 * by halving. @param confidence probability of being best at which a winner is named, 0.5 … 1
 */
export function smallestDifference(people: number, rate: number, confidence: number): Sensitivity {
  const z = quantile(confidence) + zPower;
  const isSeen = (q: number) => people * (q - rate) ** 2 >= z * z * (rate * (1 - rate) + q * (1 - q));
  if (!isSeen(1)) return { rate, seenFrom: null };
  let low = rate;
  let high = 1;
  while (high - low > 1e-5) {
    const middle = (low + high) / 2;
    if (isSeen(middle)) high = middle;
    else low = middle;
  }
  return { rate, seenFrom: high };
}

/**
 * Of the normal distribution, for p from 0.5 to below 1, to three digits: formula 26.2.23 of Abramowitz and Stegun,
 * "Handbook of Mathematical Functions".
 */
function quantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(1 - p));
  return (
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3)
  );
}
