// Enters: facts about one person, from any source. Leaves: Profile, what the house knows of that person.
// Never: a fact that no pack's contract names, and never what was sent (that is the ledger's).
import { z } from 'zod';
import { remember } from './remember.ts';

/** What a consent is for. Each is given, and taken back, alone. */
export const purposes = ['service', 'marketing', 'tracking'] as const;
export type Purpose = (typeof purposes)[number];

export interface Consent {
  readonly granted: boolean;
  /** When the person said so, ISO 8601. */
  readonly at: string;
  /** How we know: `import`, `unsubscribe`, `api`, `double-opt-in`, … */
  readonly source: string;
  /** Which words were agreed to, where they were ours: `<pack>@<version>/<lang>#<hash of the sentence>`. */
  readonly text?: string;
}

export type Consents = Readonly<Partial<Record<Purpose, Consent>>>;

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type Facts = Readonly<Record<string, Json>>;

/** Who somebody is, apart from how to reach them: all that words and pictures may know besides the facts. */
export interface Person {
  /** The customer's number in the source system; stable, unique. */
  readonly externalId: string;
  readonly firstName: string;
  readonly lastName: string;
  /** BCP 47, for example `de-AT`. */
  readonly locale: string;
  /** IANA name, for example `Europe/Vienna`. */
  readonly timeZone: string;
}

export interface Profile extends Person {
  /** Ours: a UUID that no link and no message shows. */
  readonly id: string;
  /** Null where the source has none. */
  readonly email: string | null;
  readonly consents: Consents;
  readonly facts: Facts;
}

/** What one row of a source says: absent means "says nothing", so what is known already stays. */
export interface ProfilePatch {
  readonly externalId: string;
  readonly email?: string | null | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly locale?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly consents?: Consents | undefined;
  readonly facts?: Facts | undefined;
}

/** Whether a message of this purpose may go out. Service messages need none unless it was taken back; the others need a yes. */
export function isConsented(consents: Consents, purpose: Purpose): boolean {
  return consents[purpose]?.granted ?? purpose === 'service';
}

const isLocale = remember((tag) => {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([tag]).length > 0;
  } catch {
    return false;
  }
});

export const localeSchema = z.string().refine(isLocale, 'expected a BCP 47 locale such as de-AT');
