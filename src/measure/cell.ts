// Enters: nothing. Leaves: what the database counts of a run, by variant and phase. Never: a person.
import type { Amount } from './amount.ts';

/** A part of a run's people: one variant, in the sample or in the rest. Held-out people are in none. */
export interface Cell {
  /** Null in runs of old. */
  readonly variant: string | null;
  /** Null where the run takes no sample. */
  readonly phase: 'sample' | 'rest' | null;
}

/** Rows that were handed to a mail server, by what became of them. */
export interface SentCount extends Cell {
  readonly state: string;
  readonly people: number;
  /** Those of them who had agreed to be counted when they were written to. */
  readonly tracked: number;
}

/** What people whose message was accepted did, by what came of it at the furthest. */
export interface DeedCount extends Cell {
  /** An event's kind, but `interaction` for all that is an answer back, and `video-start` for a film that played. */
  readonly deed: string;
  readonly machine: boolean;
  readonly tracked: boolean;
  /** The furthest of a film, in percent; the longest of reading, in seconds; else null. */
  readonly mark: number | null;
  readonly people: number;
}

/** Conversions since the message was out. */
export interface ValueCount extends Cell {
  /** Null for all of them together, those without a value too; its `sum` is null then. */
  readonly currency: string | null;
  readonly people: number;
  readonly conversions: number;
  readonly sum: Amount | null;
}

/** Conversions since the run's start, of those held out and of all others. */
export interface ArmCount {
  readonly heldOut: boolean;
  readonly currency: string;
  readonly people: number;
  readonly conversions: number;
  readonly sum: Amount;
  /** Of each person's sum. */
  readonly squares: Amount;
}

/** Each person's last answer to each form. */
export interface AnswerCount extends Cell {
  readonly form: string;
  readonly field: string;
  /** A whole number from 0 to 10, a choice, yes or no; null for any other. */
  readonly value: string | number | boolean | null;
  readonly people: number;
}

export interface ChatCount extends Cell {
  readonly people: number;
  readonly questions: number;
  readonly unanswered: number;
  /** Which answers were given, by their ids. */
  readonly found: Readonly<Record<string, number>>;
}

export interface Figures {
  readonly sent: readonly SentCount[];
  readonly deeds: readonly DeedCount[];
  readonly values: readonly ValueCount[];
  readonly arms: readonly ArmCount[];
  readonly answers: readonly AnswerCount[];
  readonly chat: readonly ChatCount[];
}

/** Those of some cells. Arms are not cut: who was held out has no variant. */
export function figuresOf(all: Figures, isMeant: (cell: Cell) => boolean): Figures {
  return {
    sent: all.sent.filter(isMeant),
    deeds: all.deeds.filter(isMeant),
    values: all.values.filter(isMeant),
    arms: all.arms,
    answers: all.answers.filter(isMeant),
    chat: all.chat.filter(isMeant),
  };
}

export function addUp<T>(them: readonly T[], of: (it: T) => number): number {
  return them.reduce((sum, it) => sum + of(it), 0);
}
