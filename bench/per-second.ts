/** How often `work` can be done in a second, over at least `ms` milliseconds. */
export async function perSecond(ms: number, work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  let count = 0;
  do {
    await work();
    count++;
  } while (performance.now() - startedAt < ms);
  return (count * 1000) / (performance.now() - startedAt);
}

export function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}
