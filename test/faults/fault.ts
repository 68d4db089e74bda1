import type { Stage, StageOptions } from './stage.ts';

/** What a fault leaves to be judged beside the people. */
export interface Played {
  /** How often it really came to it. */
  readonly runs: number;
  /** Rows in doubt, at most; 0 where it is left out. */
  readonly unknown?: number;
  /** Messages beyond a person's first, at most; 0 where it is left out. They always have the same Message-ID. */
  readonly duplicates?: number;
  /** The campaign's limit; no second may hold more than a tenth beyond it. */
  readonly perSecond?: number;
  /** What else it found wrong. */
  readonly objections?: readonly string[];
}

export interface Fault {
  readonly name: string;
  /** For people: what happens, and what one run of it is. */
  readonly what: string;
  readonly runs: number;
  /** `runs`: as many as runs, one for each. */
  readonly people: number | 'runs';
  /** Stops or starves the database server: it has one of its own. */
  readonly ownServer?: true;
  readonly stage?: Pick<StageOptions, 'domainOf' | 'factsOf' | 'worker'>;
  play(stage: Stage, restartServer: () => Promise<void>): Promise<Played>;
}

export const connections = 5;
