// Enters: chores, each with its period. Leaves: each done once per period by one of all workers. Never: one that holds up another.

/** Something to look after by the clock. Two may overlap after a stall, so it must be safe to do twice. */
export interface Chore {
  readonly name: string;
  readonly everyMs: number;
  run(signal: AbortSignal): Promise<void>;
}
