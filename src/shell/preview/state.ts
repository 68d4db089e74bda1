// Enters: the query of a studio address. Leaves: State, what is looked at and how. Never: a state without an address,
// so that every view can be kept as a bookmark and sent to a colleague.
import { z } from 'zod';

export const views = ['email', 'page', 'text', 'source', 'checks'] as const;
export const devices = ['both', 'phone', 'desktop'] as const;
export const schemes = ['light', 'dark'] as const;

/** Whatever is not understood falls back to the default: an old bookmark still opens. */
const schema = z.object({
  pack: z.string().max(100).nullable().catch(null).default(null),
  sample: z.string().max(100).nullable().catch(null).default(null),
  profile: z.string().trim().min(1).max(200).nullable().catch(null).default(null),
  lang: z
    .string()
    .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/)
    .nullable()
    .catch(null)
    .default(null),
  subject: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,30}$/)
    .nullable()
    .catch(null)
    .default(null),
  view: z.enum(views).catch('email').default('email'),
  device: z.enum(devices).catch('both').default('both'),
  scheme: z.enum(schemes).catch('light').default('light'),
});

export type State = z.output<typeof schema>;
export type View = State['view'];
export type Device = State['device'];
export type Scheme = State['scheme'];

export function readState(query: unknown): State {
  return schema.parse(query ?? {});
}

/** Only what differs from the default, in a fixed order: one view, one address. */
export function queryOf(state: Partial<State>): string {
  const { pack, sample, profile, lang, subject, view, device, scheme } = state;
  const parts: [string, string | null | undefined][] = [
    ['pack', pack],
    // A person of the database is instead of a sample.
    ['sample', profile ? null : sample],
    ['profile', profile],
    ['lang', lang],
    ['subject', subject],
    ['view', view === 'email' ? null : view],
    ['device', device === 'both' ? null : device],
    ['scheme', scheme === 'light' ? null : scheme],
  ];
  const given = parts.filter((it): it is [string, string] => typeof it[1] === 'string' && it[1] !== '');
  return new URLSearchParams(given).toString();
}

export function hrefOf(state: State, change: Partial<State> = {}): string {
  return `/?${queryOf({ ...state, ...change })}`;
}

/** Whose message it is, in which language and variant: what frames and pictures need to know. */
export function messageQuery({ pack, sample, profile, lang, subject }: State): string {
  return queryOf({ pack, sample, profile, lang, subject });
}
