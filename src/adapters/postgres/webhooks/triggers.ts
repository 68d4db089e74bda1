// Enters: triggers as their files say, checked. Leaves: them again, with the secrets that their callers sign with.
// Never: a secret unsealed in a row, or a trigger's name told to who cannot sign for it.
import { sql } from 'kysely';
import { type Campaign, campaignSchema } from '../../../campaign/campaign.ts';
import { DearlyError } from '../../../errors.ts';
import type { Json } from '../../../profile/profile.ts';
import type { Database } from '../connect.ts';
import { newSecret, openSecrets, replaced } from './signing-secrets.ts';

export interface Trigger {
  readonly name: string;
  readonly campaign: Campaign;
}

export interface ListedTrigger {
  readonly name: string;
  readonly pack: string;
  readonly createdAt: Date;
  readonly changedAt: Date;
  /** Until when the secret before the last change is good; null where there is one alone. */
  readonly rotatingUntil: Date | null;
  /** Events taken so far of people who are still known. */
  readonly events: number;
}

export const triggerRow = (name: string) => `trigger/${name}`;

/** Registers it, or replaces what it says; then its secret stays. `secret` is shown here once, null where it stays. */
export async function keepTrigger(
  db: Database,
  house: Buffer,
  campaign: Campaign,
): Promise<{ readonly secret: string | null }> {
  const { secret, sealed } = newSecret(house, triggerRow(campaign.name));
  const text = JSON.stringify(campaign);
  const { isNew } = await db
    .insertInto('triggers')
    .values({ name: campaign.name, campaign: text, secret: sealed })
    .onConflict((it) => it.column('name').doUpdateSet({ campaign: text, changed_at: sql`now()` }))
    .returning(sql<boolean>`secret = ${sealed}`.as('isNew'))
    .executeTakeFirstOrThrow();
  return { secret: isNew ? secret : null };
}

/** Null where there is none. */
export async function findTrigger(db: Database, name: string): Promise<Trigger | null> {
  const row = await db
    .selectFrom('triggers')
    .select(['name', 'campaign'])
    .where('name', '=', name)
    .executeTakeFirst();
  return row ? { name: row.name, campaign: campaignSchema.parse(row.campaign satisfies Json) } : null;
}

/** None where there is no such trigger. @throws DearlyError `secret-unreadable` */
export async function triggerSecrets(
  db: Database,
  houses: readonly Buffer[],
  name: string,
  now: Date,
): Promise<readonly string[]> {
  const row = await db.selectFrom('triggers').selectAll().where('name', '=', name).executeTakeFirst();
  return row ? openSecrets(houses, triggerRow(name), row, now) : [];
}

export async function listTriggers(db: Database): Promise<readonly ListedTrigger[]> {
  const rows = await db
    .selectFrom('triggers')
    .select(['name', 'created_at', 'changed_at', sql<string>`campaign ->> 'pack'`.as('pack')])
    .select(sql<Date | null>`case when former_until > now() then former_until end`.as('rotating_until'))
    .select((it) =>
      it
        .selectFrom('trigger_events')
        .whereRef('trigger', '=', 'triggers.name')
        .select(sql<string>`count(*)`.as('count'))
        .as('events'),
    )
    .orderBy('name')
    .execute();
  return rows.map((row) => ({
    name: row.name,
    pack: row.pack,
    createdAt: row.created_at,
    changedAt: row.changed_at,
    rotatingUntil: row.rotating_until,
    events: Number(row.events),
  }));
}

/** A new secret. The one before is good for another day unless `atOnce`. @throws DearlyError `trigger-missing` */
export async function rotateTrigger(
  db: Database,
  house: Buffer,
  name: string,
  { atOnce = false } = {},
): Promise<string> {
  const { secret, sealed } = newSecret(house, triggerRow(name));
  const { numUpdatedRows } = await db
    .updateTable('triggers')
    .set(replaced(sealed, atOnce))
    .where('name', '=', name)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw noTrigger(name);
  return secret;
}

/** Takes no more events; messages under way go on. @throws DearlyError `trigger-missing` */
export async function removeTrigger(db: Database, name: string): Promise<void> {
  const { numDeletedRows } = await db.deleteFrom('triggers').where('name', '=', name).executeTakeFirst();
  if (numDeletedRows === 0n) throw noTrigger(name);
}

export function noTrigger(name: string): DearlyError {
  return new DearlyError('trigger-missing', `There is no trigger ${name}.`);
}
