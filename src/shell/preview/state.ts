// Enters: the query of a studio address. Leaves: State, what is looked at and how. Never: a state without an address,
// so that every view can be kept as a bookmark and sent to a colleague.
import { z } from 'zod';
import type { Arrangement } from '../../campaign/variant.ts';

export const views = ['email', 'page', 'text', 'source', 'checks'] as const;
export const devices = ['both', 'phone', 'desktop'] as const;
export const schemes = ['light', 'dark'] as const;

const names = z
  .string()
  .max(2000)
  .transform((text) => text.split(/[\s,]+/).filter((it) => it !== ''))
  .transform((them) => (them.length === 0 ? null : them))
  .nullable()
  .catch(null)
  .default(null);

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
  /** A variant's, in its order; null as pack and film have them. A name that they have not is told, not passed over. */
  blocks: names,
  scenes: names,
  /** As for a campaign that asks the pack's gate. */
  gate: z
    .string()
    .transform((it) => it === '1')
    .catch(false)
    .default(false),
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
  const { pack, sample, profile, lang, subject, blocks, scenes, gate, view, device, scheme } = state;
  const parts: [string, string | null | undefined][] = [
    ['pack', pack],
    // A person of the database is instead of a sample.
    ['sample', profile ? null : sample],
    ['profile', profile],
    ['lang', lang],
    ['subject', subject],
    ['blocks', blocks?.join(' ')],
    ['scenes', scenes?.join(' ')],
    ['gate', gate ? '1' : null],
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

/** What of the message's make-up somebody has chosen. */
export function arrangementOf({ subject, blocks, scenes }: State): Arrangement {
  return { ...(subject && { subject }), ...(blocks && { blocks }), ...(scenes && { scenes }) };
}

/** Whose message it is, in which language and variant: what frames and pictures need to know. */
export function messageQuery({ view, device, scheme, ...message }: State): string {
  return queryOf(message);
}
