import { z } from 'zod';
import { DearlyError } from '../errors.ts';
import { factShape } from '../profile/fact-shape.ts';
import { importRow } from '../profile/import-row.ts';
import { type Consents, type Json, type ProfilePatch, purposes } from '../profile/profile.ts';
import type { Shelf } from '../run/shelf.ts';

/** What was parsed from JSON is JSON. Looked at again, it would stand in the API's document as a reference to nowhere. */
export const json = z.unknown() as z.ZodType<Json>;

/** What a caller says of a person. Left out means "says nothing": what is known stays. */
export const profileBody = z.strictObject({
  email: z.string().nullish().describe('null: there is none (any more)'),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  locale: z.string().optional().describe('BCP 47, for example de-AT'),
  timeZone: z.string().optional().describe('IANA, for example Europe/Vienna'),
  consents: z.partialRecord(z.enum(purposes), z.boolean()).optional(),
  facts: z
    .record(z.string(), json)
    .optional()
    .describe('What the packs’ contracts ask for; the rest is not kept'),
});
export type ProfileBody = z.output<typeof profileBody>;

/**
 * Held against the packs' contracts by the same rules as a row of a file.
 * @throws DearlyError `request-invalid`, naming every field at once
 */
export async function patchOf(
  externalId: string,
  { consents, facts = {}, ...person }: ProfileBody,
  {
    shelf,
    at,
    where = '',
  }: {
    readonly shelf: Shelf;
    readonly at: Date;
    /** Before the name of a field that a fault tells of: where the person stands in what was sent. */
    readonly where?: string;
  },
): Promise<{ readonly patch: ProfilePatch; readonly leftOut: readonly string[] }> {
  const packs = await Promise.all((await shelf.names('packs')).map((name) => shelf.pack(name)));
  const contracts = packs.flatMap(({ name, contract }) => (contract ? [{ name, data: contract.data }] : []));
  const rules = { shape: factShape(contracts), at: at.toISOString() };
  const entries = Object.entries({ ...facts, ...person, externalId });
  const row = importRow({ kind: 'row', line: 1, entries }, rules);
  if (row.kind === 'errors') {
    const details = row.errors.map(({ column, reason }) => {
      const isFact = column !== null && (column.split(/[.[]/, 1)[0] ?? '') in facts;
      return `${where}${isFact ? 'facts.' : ''}${column ?? 'profile'}: ${reason}`;
    });
    throw new DearlyError('request-invalid', 'The profile cannot be kept as it stands.', { details });
  }
  return { patch: { ...row.patch, ...(consents && { consents: said(consents, at) }) }, leftOut: row.leftOut };
}

function said(consents: NonNullable<ProfileBody['consents']>, at: Date): Consents {
  return Object.fromEntries(
    Object.entries(consents).map(([purpose, granted]) => {
      return [purpose, { granted, at: at.toISOString(), source: 'api' }];
    }),
  );
}
