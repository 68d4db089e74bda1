import { sql } from 'kysely';
import { openStates, sources } from '../../run/transitions.ts';
import type { Database } from './connect.ts';
import { inStates } from './ledger/in-states.ts';

/** One number with what tells it from its like. Labels have few values, and name nobody. */
export interface Count {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What is to be done, and what stands in its way. */
export interface WorkCounts {
  /** Of runs that have not ended, by kind and state. */
  readonly rows: readonly Count[];
  /** Of those, what has not ended, by kind. */
  readonly open: readonly Count[];
  /** That have not ended, by kind and state. */
  readonly runs: readonly Count[];
  /** Of all runs: nobody can tell whether they went out. */
  readonly unknown: number;
  /** How long the row that waits longest has been due; 0 where none is. */
  readonly oldestDueSeconds: number;
  readonly pausedDomains: number;
  /** The server that all mail goes through asked for less. */
  readonly isMailPaused: boolean;
  readonly videos: readonly Count[];
  /** Jobs waiting or under way, by queue and state. */
  readonly queue: readonly Count[];
  readonly webhooks: { readonly pending: number; readonly oldestDueSeconds: number };
  /** Words of readers that nobody outside has taken yet. */
  readonly chats: { readonly waiting: number; readonly oldestSeconds: number };
  /** How long each chore has been due with nobody at it, and whether its last run failed. */
  readonly chores: readonly {
    readonly name: string;
    readonly lateSeconds: number;
    readonly failed: boolean;
  }[];
}

/** Reads indexes, not rows; with a million rows open it still takes a moment: ask every 15 seconds, not every one. */
export async function countWork(db: Database): Promise<WorkCounts> {
  const [rows, runs, rest, videos, queue, chores] = await Promise.all([
    sql<{ kind: string; state: string; value: string }>`
      select kind, ledger.state, count(*) as value from runs join ledger on run_id = runs.id
      where completed_at is null group by 1, 2`.execute(db),
    sql<{ kind: string; state: string; value: string }>`
      select kind, state, count(*) as value from runs where completed_at is null group by 1, 2`.execute(db),
    sql<Rest>`
      select
        (select count(*) from ledger where state = 'unknown') as unknown,
        coalesce((
          select max(extract(epoch from now() - due.at)) from runs, lateral (
            select min(next_at) as at from ledger
            where run_id = runs.id and state in ${inStates(sources('claim'))} and phase is distinct from 'rest'
          ) as due where completed_at is null and state = 'running' and due.at < now()
        ), 0) as oldest_due,
        (select count(*) from domain_pauses where until > now() and domain <> '*') as paused,
        exists (select from domain_pauses where until > now() and domain = '*') as is_mail_paused,
        (select count(*) from webhook_deliveries where state = 'pending') as pending,
        coalesce((
          select max(extract(epoch from now() - next_at)) from webhook_deliveries where state = 'pending' and next_at < now()
        ), 0) as oldest_pending,
        (select count(*) from chat_messages where passing = 'due') as chats_waiting,
        coalesce((
          select max(extract(epoch from now() - at)) from chat_messages where passing = 'due'
        ), 0) as oldest_chat`.execute(db),
    sql<{ state: string; value: string }>`
      select state, count(*) as value from video_jobs where state <> 'done' group by 1`.execute(db),
    countQueue(db),
    sql<{ name: string; late: string; failed: boolean }>`
      select name, greatest(0, extract(epoch from now() - greatest(due_at, busy_until, ran_at))) as late, error is not null as failed
      from chores where due_at > '-infinity'`.execute(db),
  ]);
  const [it] = rest.rows;
  if (it === undefined) throw new Error('a select without from has one row');
  const isOpen = new Set<string>(openStates);
  const kinds = [...new Set(rows.rows.map(({ kind }) => kind))];
  return {
    rows: counts(rows.rows),
    open: kinds.map((kind) => ({
      labels: { kind },
      value: rows.rows
        .filter((row) => row.kind === kind && isOpen.has(row.state))
        .reduce((sum, { value }) => sum + Number(value), 0),
    })),
    runs: counts(runs.rows),
    unknown: Number(it.unknown),
    oldestDueSeconds: Number(it.oldest_due),
    pausedDomains: Number(it.paused),
    isMailPaused: it.is_mail_paused,
    videos: counts(videos.rows),
    queue,
    webhooks: { pending: Number(it.pending), oldestDueSeconds: Number(it.oldest_pending) },
    chats: { waiting: Number(it.chats_waiting), oldestSeconds: Number(it.oldest_chat) },
    chores: chores.rows.map(({ name, late, failed }) => ({ name, lateSeconds: Number(late), failed })),
  };
}

interface Rest {
  readonly unknown: string;
  readonly oldest_due: string;
  readonly paused: string;
  readonly is_mail_paused: boolean;
  readonly pending: string;
  readonly oldest_pending: string;
  readonly chats_waiting: string;
  readonly oldest_chat: string;
}

/** pg-boss makes its tables at the first job. */
async function countQueue(db: Database): Promise<readonly Count[]> {
  const { rows } = await sql<{ is_there: boolean }>`
    select to_regclass('pgboss.job') is not null as is_there`.execute(db);
  if (!rows[0]?.is_there) return [];
  const jobs = await sql<{ queue: string; state: string; value: string }>`
    select name as queue, state::text, count(*) as value from pgboss.job
    where name like 'dearly-%' and state in ('created', 'retry', 'active') group by 1, 2`.execute(db);
  return counts(jobs.rows);
}

function counts(rows: readonly ({ readonly value: string } & Readonly<Record<string, string>>)[]): Count[] {
  return rows.map(({ value, ...labels }) => ({ labels, value: Number(value) }));
}
