// What crosses the border between the studio's server and the thread that holds the packs: plain data alone.
import type { Arrangement } from '../../campaign/variant.ts';
import type { Email } from '../../merge/merge-email.ts';
import type { PageAssets } from '../../merge/merge-page.ts';
import type { PrintPage } from '../../merge/print/merge-print.ts';
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

/** How a campaign's variant puts the message together. */
export interface ShelfVariant {
  readonly campaign: string;
  readonly name: string;
  readonly arrangement: Arrangement;
  readonly gate: boolean;
}

export interface ShelfPack {
  readonly name: string;
  /** The default first; empty where the pack does not load. */
  readonly languages: readonly string[];
  /** Names of `subject.<name>.hbs`. */
  readonly subjects: readonly string[];
  /** In the order that they have where no variant says another. */
  readonly blocks: readonly string[];
  readonly scenes: readonly string[];
  /** Whether a campaign may ask a gate first. */
  readonly hasGate: boolean;
  /** What campaigns try with this pack. */
  readonly variants: readonly ShelfVariant[];
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
  /** A variant's; empty for the message as it stands. */
  readonly arrangement: Arrangement;
  readonly gate: boolean;
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
  /** A gate stands before it until somebody has answered. */
  page: {
    ask: Ask & { readonly assets: PageAssets & { readonly styleUrl: string }; readonly isAnswered: boolean };
    answer: string;
  };
  /** The page as it is printed. */
  print: { ask: Ask; answer: PrintPage };
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
  /** Where campaign files stand, whose variants can be looked at. */
  readonly campaigns: readonly string[];
}
