import { z } from 'zod';
import type { Erased } from '../../../adapters/postgres/erase-profile.ts';
import type { ProfileExport } from '../../../adapters/postgres/export-profile.ts';
import type { Snapshot } from '../../../merge/snapshot.ts';
import { type Json, type Profile, purposes } from '../../../profile/profile.ts';

const moment = z.string().describe('ISO 8601');
const count = z.number().int();
const text = z.string();
/** What a pack or a caller gave its shape: it came from the database as JSON, and goes out as it is. */
const anything = z.unknown() as z.ZodType<unknown, Json>;
const snapshot = z.looseObject({ id: z.uuid(), madeAt: moment }) as z.ZodType<unknown> as z.ZodType<
  unknown,
  Snapshot
>;

const consent = z.object({
  granted: z.boolean(),
  at: moment,
  source: text.describe('How we know: `import`, `api`, `unsubscribe`, `double-opt-in`, …'),
  text: text.optional().describe('Which words were agreed to: pack, version, language and a hash'),
});

const profile = z.object({
  id: z.uuid(),
  externalId: text,
  email: text.nullable(),
  firstName: text,
  lastName: text,
  locale: text,
  timeZone: text,
  consents: z.partialRecord(z.enum(purposes), consent),
  facts: z.record(text, anything).describe('Those of the source, and answers by the name of their form'),
}) satisfies z.ZodType<unknown, Profile>;

export const keptSchema = z.object({
  profile,
  leftOut: z.array(text).readonly().describe('Facts that no pack asks for: not kept'),
});

const row = z.object({
  run: text,
  state: text,
  reason: text.nullable(),
  variant: text.nullable(),
  messageId: text.nullable(),
  history: z.array(z.object({ at: moment, state: text, detail: text.nullable() })).readonly(),
});

/** What `GET /v1/profiles/{externalId}` answers; `profile export` prints the same. */
export const exportSchema = z.object({
  profile,
  snapshots: z.array(snapshot).readonly().describe('As it was shown'),
  ledger: z.array(row).readonly(),
  events: z.array(z.object({ kind: text, at: moment, machine: z.boolean(), data: anything })).readonly(),
  triggers: z
    .array(z.object({ trigger: text, event: text, occurredAt: moment, data: z.record(text, anything) }))
    .readonly(),
  webhooks: z.array(z.object({ type: text, at: moment, data: anything })).readonly(),
  suppressions: z.array(z.object({ purpose: text, reason: text, at: moment })).readonly(),
  chats: z.array(z.object({ snapshot: z.uuid(), from: text, text, at: moment })).readonly(),
}) satisfies z.ZodType<unknown, ProfileExport>;

export const erasedSchema = z.object({
  found: z.boolean(),
  snapshots: count.describe('Messages whose page, film and pictures are gone'),
  ledgerRows: count.describe('That stay as a count, without a name to it'),
  events: count,
  suppressed: z.array(text).readonly().describe('Purposes that stay closed to the address'),
}) satisfies z.ZodType<unknown, Omit<Erased, 'artefactKeys'>>;
