/** ln Γ(z) for z > 0. DLMF 5.11.1 from 10 on; below, by Γ(z + 1) = z Γ(z). */
function logGamma(z: number): number {
  let shift = 0;
  let x = z;
  for (; x < 10; x++) shift += Math.log(x);
  const w = 1 / (x * x);
  const series = (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w / 1188)))) / x;
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series - shift;
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** The density of Beta(a, b) for a, b ≥ 1 and 0 ≤ x ≤ 1. */
export function betaDensity(x: number, a: number, b: number): number {
  const power = (base: number, exponent: number) => (exponent === 0 ? 0 : exponent * Math.log(base));
  return Math.exp(power(x, a - 1) + power(1 - x, b - 1) - logBeta(a, b));
}

/** P(X ≤ x) for X ~ Beta(a, b): the regularised incomplete beta function, by the continued fraction of DLMF 8.17.22. */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast on this side of the mean; the other side is its mirror.
  if (x > (a + 1) / (a + b + 2)) return 1 - betaCdf(1 - x, b, a);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)) / a;
  return front / fraction(x, a, b);
}

/** 1 + d₁/(1 + d₂/(1 + …)), by Lentz's method. It takes about √(a + b) steps. */
function fraction(x: number, a: number, b: number): number {
  const keepOff0 = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let value = 1;
  let c = 1;
  let d = 0;
  for (let n = 1; n < 1_000_000; n++) {
    const m = n >> 1;
    const term =
      n % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / keepOff0(1 + term * d);
    c = keepOff0(1 + term / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-14) return value;
  }
  throw new Error(`the continued fraction of Beta(${a}, ${b}) at ${x} did not settle`);
}
