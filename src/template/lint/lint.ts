import type { Adapts, Interaction } from '../composition.ts';
import type { Contract } from '../contract.ts';
import type { Form } from '../form.ts';
import type { Words } from '../messages.ts';
import type { Drawn } from './draw-email.ts';
import type { Finding, Hit, Level } from './finding.ts';
import type { Source } from './source.ts';

/** All that a lint may look at. */
export interface Subject {
  /** Text by path within the pack. */
  readonly files: Readonly<Record<string, string>>;
  readonly contract: Contract;
  readonly words: Words;
  /** Every template with its theme filled in: the email, `.hbs` and `.svg`. */
  readonly sources: readonly Source[];
  /** `email.mjml` with all that it includes. */
  readonly email: Source | null;
  /** Those of them that are HTML or MJML. */
  readonly markup: readonly Source[];
  /** Null where there is no email, or none that MJML can read. Drawn once, when first asked for. */
  drawn(): Promise<Drawn | null>;
  /** What the walk along the templates' trees found. */
  readonly tree: readonly Finding[];
}

export interface Lint {
  readonly name: string;
  readonly level: Level;
  /** What it looks for, for the table in docs/lints.md. */
  readonly looksFor: string;
  readonly why: string;
  /** The way out, where a hit has none of its own. */
  readonly how: string;
  find(subject: Subject): Iterable<Hit> | Promise<Iterable<Hit>>;
}

/** What one person's film asks and offers, and what there is for it. */
export interface OfferedFilm {
  readonly composition: string;
  readonly scenes: readonly {
    readonly id: string;
    readonly interactions?: readonly Interaction[];
    readonly adapts?: Adapts;
  }[];
  readonly forms: Readonly<Record<string, Form>>;
  /** Names of what the film may lead to; a person may lack some. */
  readonly targets: readonly string[];
}

/** One sample, merged in one language. */
export interface MergedSample {
  /** The sample's name and the language: `ada-credit, de`. */
  readonly name: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly preheader: string;
  /** What stands there instead where a variant chooses `subject.<name>.hbs`; a preheader of null is the one above. */
  readonly variants?: readonly {
    readonly name: string;
    readonly subject: string;
    readonly preheader: string | null;
  }[];
  /** The address of its unsubscribe link. */
  readonly unsubscribe: string;
  /** Left out where the pack has no film. */
  readonly film?: OfferedFilm;
  /** Where answers of the chat lead on to, and what there is for it. Left out where the pack answers nothing. */
  readonly chat?: {
    readonly lang: string;
    readonly leads: readonly { readonly id: string; readonly target: string }[];
    readonly targets: readonly string[];
  };
}

/** A lint that measures what people would get. */
export interface MergedLint extends Omit<Lint, 'find'> {
  measure(samples: readonly MergedSample[]): Iterable<Hit & { readonly level?: Level }>;
}
