// What crosses the border between the studio's server and the thread that holds the packs: plain data alone.
import type { Email } from '../../merge/merge-email.ts';
import type { PageAssets } from '../../merge/merge-page.ts';
import type { Snapshot } from '../../merge/snapshot.ts';
import type { Profile } from '../../profile/profile.ts';
import type { Finding } from '../../template/lint/finding.ts';

/** Why something cannot be shown, in words for whoever wrote it. */
export interface Complaint {
  readonly code: string;
  readonly message: string;
  /** `templates/<pack>/<file>:<line>: what, and the way out` where that is known. */
  readonly details: readonly string[];
}

export interface ShelfSample {
  readonly name: string;
  readonly person: string;
  readonly locale: string;
}

export interface ShelfPack {
  readonly name: string;
  /** The default first; empty where the pack does not load. */
  readonly languages: readonly string[];
  /** Names of `subject.<name>.hbs`. */
  readonly subjects: readonly string[];
  readonly hasEmail: boolean;
  readonly hasPage: boolean;
  readonly samples: readonly ShelfSample[];
  readonly complaint: Complaint | null;
}

/** Whom a message is for: somebody of the pack's samples, or a stored person who was looked up outside. */
export type Who = { readonly sample: string } | { readonly profile: Profile };

export interface Ask {
  readonly pack: string;
  readonly who: Who;
  /** Instead of the person's own language. */
  readonly lang: string | null;
  /** A variant's, by its name; the pack's own where it is null. */
  readonly subject: string | null;
  /** Where placeholders of links lead; without a trailing slash. */
  readonly origin: string;
  /** What tells this message's poster from another's. */
  readonly query: string;
}

/** One person's message, ready to look at. */
export interface Proof {
  readonly person: string;
  readonly address: string | null;
  readonly from: { readonly name: string; readonly address: string };
  readonly snapshot: Snapshot;
  /** Null where the pack has none. */
  readonly email: Email | null;
  /** Of the pack and of this message; faults never, as a pack with faults does not load. */
  readonly findings: readonly Finding[];
}

/** The questions, and what answers each. */
export interface Answers {
  shelf: { ask: null; answer: readonly ShelfPack[] };
  proof: { ask: Ask; answer: Proof };
  page: { ask: Ask & { readonly assets: PageAssets }; answer: string };
  /** One of the pack's own pictures, as SVG. */
  picture: { ask: Ask & { readonly name: string }; answer: string };
}

export type Question = keyof Answers;

export interface Asked<Q extends Question = Question> {
  readonly id: number;
  readonly question: Q;
  readonly ask: Answers[Q]['ask'];
}

export type Told =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly complaint: Complaint };

export interface PressFolders {
  readonly packs: string;
  readonly compositions: string;
  readonly senders: readonly string[];
}
