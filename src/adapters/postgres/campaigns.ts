// Enters: a database. Leaves: CampaignBook. Never: a run; the ledger opens those.
import { type Selectable, sql } from 'kysely';
import { campaignSchema } from '../../campaign/campaign.ts';
import type { CampaignBook, ScheduledCampaign } from '../../run/campaign/campaign-book.ts';
import type { Database } from './connect.ts';
import { toRun } from './ledger/to-run.ts';
import type { Schema } from './schema.ts';

/** What could not be started is tried again after this, so that one broken pack does not keep a worker busy. */
const retryAfter = sql.lit('1 minute');

const unreadable = {
  kind: 'trouble',
  trouble: 'This version does not read it; run its file again.',
} as const;

export function postgresCampaigns(db: Database): CampaignBook {
  return {
    async find(name) {
      const row = await db.selectFrom('campaigns').selectAll().where('name', '=', name).executeTakeFirst();
      return row === undefined ? null : toScheduled(row);
    },
    async list() {
      const rows = await db.selectFrom('campaigns').selectAll().orderBy('name').execute();
      return rows.map(toScheduled);
    },
    async keep(campaign, nextAt) {
      const values = { definition: JSON.stringify(campaign), next_at: nextAt };
      const fresh = { missed: 0, missed_at: null, trouble: null, tried_at: null };
      await db
        .insertInto('campaigns')
        .values({ name: campaign.name, ...values })
        .onConflict((it) => it.column('name').doUpdateSet({ ...values, ...fresh, changed_at: sql`now()` }))
        .execute();
    },
    async end(name) {
      const { numUpdatedRows } = await db
        .updateTable('campaigns')
        .set({ next_at: null, trouble: null, changed_at: sql`now()` })
        .where('name', '=', name)
        .where('next_at', 'is not', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async takeDue(now, start) {
      return await db.transaction().execute(async (trx) => {
        const row = await trx
          .selectFrom('campaigns')
          .selectAll()
          .where('next_at', '<=', now)
          .where((it) =>
            it.or([
              it('tried_at', 'is', null),
              it('tried_at', '<', sql<Date>`now() - ${retryAfter}::interval`),
            ]),
          )
          .orderBy('next_at')
          .limit(1)
          .forUpdate()
          .skipLocked()
          .executeTakeFirst();
        if (row === undefined || row.next_at === null) return false;
        const { data: campaign } = campaignSchema.safeParse(row.definition);
        // One that an earlier version put down and this one does not read must not hold up those behind it.
        const taken = campaign ? await start({ campaign, dueAt: row.next_at }) : unreadable;
        const change =
          taken.kind === 'trouble'
            ? { trouble: taken.trouble, tried_at: sql<Date>`now()` }
            : { next_at: taken.nextAt, trouble: null, tried_at: null, ...missedOf(taken.missed) };
        await trx.updateTable('campaigns').set(change).where('name', '=', row.name).execute();
        return true;
      });
    },
    async openRuns(name) {
      const rows = await runsOf(db, name)
        .where('state', 'not in', ['completed', 'cancelled'])
        .orderBy('created_at', 'desc')
        .execute();
      return rows.map(toRun);
    },
    async findRun(name, occurrence) {
      const row = await runsOf(db, name).where('occurrence', '=', occurrence).executeTakeFirst();
      return row === undefined ? null : toRun(row);
    },
  };
}

function runsOf(db: Database, name: string) {
  return db.selectFrom('runs').selectAll().where('kind', '=', 'campaign').where('name', '=', name);
}

function missedOf(missed: number) {
  return missed === 0 ? {} : { missed: sql<number>`missed + ${missed}`, missed_at: sql<Date>`now()` };
}

function toScheduled(row: Selectable<Schema['campaigns']>): ScheduledCampaign {
  return {
    campaign: campaignSchema.parse(row.definition),
    nextAt: row.next_at?.toISOString() ?? null,
    missed: row.missed,
    missedAt: row.missed_at?.toISOString() ?? null,
    trouble: row.trouble,
  };
}
