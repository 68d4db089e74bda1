// Enters: what a pack's author declares. Leaves: Contract, the one schema behind email, video, page and PDF.
// Never: I/O, or a locale of its own; words and formats come in as `Say`.
import type { z } from 'zod';
import type { Person, Purpose } from '../profile/profile.ts';

/** Speaks the person's language. Every channel shows the strings made here, so the same amount reads the same everywhere. */
export interface Say {
  /** The pack's language in use, for example `de`. */
  readonly lang: string;
  /** The person's BCP 47 locale, for example `de-CH`. */
  readonly locale: string;
  /** The same object for all who read the same messages, so that what was made of them can be kept. */
  readonly words: object;
  /** A message of `messages/<lang>.json` (ICU MessageFormat). */
  t(key: string, values?: Readonly<Record<string, string | number>>): string;
  /** `minor` counts the currency's smallest unit (cents). `signed` writes the plus, too. */
  money(
    minor: number,
    currency: string,
    options?: { readonly signed?: boolean; readonly whole?: boolean },
  ): string;
  /** `unit` is an Intl unit (`kilowatt-hour` is none: append such units by a message). */
  number(value: number, options?: { readonly digits?: number; readonly signed?: boolean }): string;
  /** `share` 0.07 reads "7 %". */
  percent(share: number, options?: { readonly digits?: number; readonly signed?: boolean }): string;
  /** ISO date or month (`2025-11-02`, `2025-11`). */
  date(iso: string, style: 'day' | 'month' | 'monthShort' | 'monthYear'): string;
  /** "tomorrow", "in 3 weeks": ISO date or moment, counted in calendar days of the person from the day of the snapshot. */
  relative(iso: string): string;
  /** "a, b and c"; `or` makes it "a, b or c". */
  list(items: readonly string[], options?: { readonly type?: 'and' | 'or' }): string;
  /** The form that the language's grammar wants for this number. */
  plural(count: number, forms: PluralForms): string;
}

/** By the CLDR's categories; a language uses those it has, and `other` always. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

export interface Presentation<Data> {
  readonly person: Person;
  readonly data: Data;
  /** The day the snapshot is taken, ISO date in the person's time zone. */
  readonly asOf: string;
  readonly say: Say;
}

/** One purpose that the message's confirm link (double opt-in) opens. */
export interface Confirmation {
  readonly purpose: Purpose;
  /** The sentence that is agreed to, word for word as the page shows it. */
  readonly text: string;
  /** A box of its own, empty at first. Otherwise the button alone says yes. */
  readonly optional?: boolean;
}

/** Something that can travel with the message: a text made of the view, or what is rendered anyway. */
export type AttachmentSource = { readonly filename: string } & (
  | { readonly contentType: string; readonly text: string }
  /** The video's poster, or one of the pack's pictures: JPEG. The page as a document: PDF. */
  | { readonly artefact: 'poster' | `pictures/${string}` | 'pdf' }
);

/** One thing that the recipient knows, asked for before page, film and PDF show figures: a forwarded mail then leaks none. */
export interface Gate<Data = unknown> {
  /** Names the words: messages `gate.<name>.question`, `.hint`, `.wrong`. For example `postcode`. */
  readonly name: string;
  /** Compared without case, spaces and dashes. */
  readonly answer: (data: Data) => string;
  /** `always`, or only where the campaign says `gate: true`. */
  readonly when: 'always' | 'asked';
}

export interface Contract<Data extends z.ZodObject = z.ZodObject, View extends z.ZodObject = z.ZodObject> {
  /** Which consent a message made of this pack needs. */
  readonly purpose: Purpose;
  /** What a profile's facts must hold, one property per fact. */
  readonly data: Data;
  /** What templates and scenes may read: strings ready to show, and plain numbers for shapes. Templates are checked against it. */
  readonly view: View;
  present(input: Presentation<z.output<Data>>): z.input<View>;
  /** Addresses that links in the message lead to, by name; templates write `{{links.to.<name>}}`. https only. */
  readonly targets?: (view: z.output<View>) => Readonly<Record<string, string>>;
  /** What a campaign may attach, by name (`attachments: [usage]` in its file); nothing is attached unless it does. */
  readonly attachments?: Readonly<Record<string, (view: z.output<View>, say: Say) => AttachmentSource>>;
  /** What `{{links.confirm}}` asks a yes to, the first thing first. Left out, the message has no such link. */
  readonly confirms?: (view: z.output<View>) => readonly Confirmation[];
  /** The email of a gated message should hold no figures, either: templates read `gated`. */
  readonly gate?: Gate<z.output<Data>>;
}

/** Declares a pack's contract; gives the types their names and nothing else. */
export function defineContract<Data extends z.ZodObject, View extends z.ZodObject>(
  contract: Contract<Data, View>,
): Contract<Data, View> {
  return contract;
}
