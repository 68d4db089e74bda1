import { DearlyError } from '../../../errors.ts';
import type { TakenEvent, TriggerEvents } from '../../../run/take-trigger.ts';
import type { Database } from '../connect.ts';

/** Events of triggers; the run of (trigger, event) in `runs` says that it was taken. */
export function postgresTriggerEvents(db: Database): TriggerEvents {
  return {
    async find(trigger, eventId) {
      const row = await db
        .selectFrom('runs')
        .leftJoin('trigger_events', (join) =>
          join.onRef('trigger', '=', 'runs.name').onRef('event_id', '=', 'runs.occurrence'),
        )
        .select(['runs.id', 'body_hash'])
        .where('kind', '=', 'trigger')
        .where('name', '=', trigger)
        .where('occurrence', '=', eventId)
        .executeTakeFirst();
      return row ? { runId: row.id, bodyHash: row.body_hash } : null;
    },
    async keep({ trigger, id, profileId, bodyHash, data, occurredAt }: TakenEvent) {
      await db
        .insertInto('trigger_events')
        .values({
          trigger,
          event_id: id,
          profile_id: profileId,
          body_hash: bodyHash,
          data: JSON.stringify(data),
          occurred_at: occurredAt,
        })
        .onConflict((it) => it.columns(['trigger', 'event_id']).doNothing())
        .execute();
      const kept = await db
        .selectFrom('trigger_events')
        .select(['body_hash', 'profile_id'])
        .where('trigger', '=', trigger)
        .where('event_id', '=', id)
        .executeTakeFirst();
      return kept ? { bodyHash: kept.body_hash, profileId: kept.profile_id } : null;
    },
  };
}

/** How it went with one event. */
export interface TriggerJob {
  /** The run's. */
  readonly id: string;
  readonly trigger: string;
  readonly event: string;
  /** Of the run. */
  readonly state: string;
  /** ISO 8601. */
  readonly takenAt: string;
  /** Where the person's message stands; `reason` is a code, or the mail server's words. */
  readonly message: {
    readonly state: string;
    readonly reason: string | null;
    readonly variant: string | null;
  } | null;
}

/** @throws DearlyError `run-missing` */
export async function findTriggerJob(db: Database, trigger: string, runId: string): Promise<TriggerJob> {
  const row = await db
    .selectFrom('runs')
    .leftJoin('ledger', 'ledger.run_id', 'runs.id')
    .select(['runs.id', 'runs.name', 'runs.occurrence', 'runs.created_at', 'runs.state as run_state'])
    .select(['ledger.state', 'ledger.reason', 'ledger.variant'])
    .where('runs.kind', '=', 'trigger')
    .where('runs.name', '=', trigger)
    .where('runs.id', '=', runId)
    .executeTakeFirst();
  if (row === undefined) throw new DearlyError('run-missing', `The trigger ${trigger} has no job ${runId}.`);
  const { state, reason, variant } = row;
  return {
    id: row.id,
    trigger: row.name,
    event: row.occurrence,
    state: row.run_state,
    takenAt: row.created_at.toISOString(),
    message: state === null ? null : { state, reason, variant },
  };
}
