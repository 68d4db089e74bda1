export interface Step {
  /** 0 to 1 along the track. */
  readonly start: number;
  readonly end: number;
}

/**
 * Lays signed lengths end to end, each from where the one before it stopped, and the whole from the beginning.
 * All are scaled to one track, so that what is drawn adds up as the amounts do.
 */
export function stackUp(lengths: readonly number[]): { readonly steps: readonly Step[]; readonly sum: Step } {
  const stops = [0];
  for (const length of lengths) stops.push((stops.at(-1) ?? 0) + length);
  const low = Math.min(...stops);
  const span = Math.max(...stops) - low || 1;
  const at = (stop: number) => (stop - low) / span;
  const steps = lengths.map((_, index) => ({ start: at(stops[index] ?? 0), end: at(stops[index + 1] ?? 0) }));
  return { steps, sum: { start: at(0), end: at(stops.at(-1) ?? 0) } };
}
