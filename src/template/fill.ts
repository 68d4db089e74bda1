import type { Say } from './contract.ts';

/** What a template may read, by the names at its top. */
export type Roots = Readonly<Record<string, unknown>>;

/** One template, ready: give it what it may read and a voice, and it gives the text. No compiling is left to do. */
export type Fill = (roots: Roots, say: Say) => string;
