import { sql } from 'kysely';
import type { State } from '../../run/transitions.ts';
import type { Database } from './connect.ts';

export interface RunBreakdown {
  /** In the order of their names; none where nobody has a variant. */
  readonly variants: readonly {
    readonly variant: string;
    readonly phase: 'sample' | 'rest' | null;
    readonly total: number;
    readonly accepted: number;
    readonly open: number;
  }[];
  /** Recipient domains that give trouble, the most of it first; ten at most. */
  readonly domains: readonly {
    readonly domain: string;
    readonly deferred: number;
    readonly bounced: number;
    readonly failed: number;
    /** ISO 8601; null where it is not paused. */
    readonly pausedUntil: string | null;
  }[];
  /** Why rows failed, bounced or wait: the most frequent answers, five at most. Servers' own words, without addresses. */
  readonly reasons: readonly { readonly state: State; readonly reason: string; readonly count: number }[];
}

/** Waits that we chose, or that the one server for all mail asked for: no domain's trouble. */
const ownWaits = ['quiet-hours', 'local-time', 'campaign-pace', 'domain-pace', 'mail-server-paused'];

/** What is behind a tally. Reads the run's rows: ask every few seconds, not every one. */
export async function runBreakdown(db: Database, runId: string): Promise<RunBreakdown> {
  const variants = sql<{
    variant: string;
    phase: 'sample' | 'rest' | null;
    total: string;
    accepted: string;
    open: string;
  }>`
    select variant, phase, count(*) as total, count(*) filter (where state = 'accepted') as accepted,
      count(*) filter (where ended_at is null) as open
    from ledger where run_id = ${runId} and variant is not null group by 1, 2 order by 1, 2`.execute(db);
  const domains = sql<{
    domain: string;
    deferred: string;
    bounced: string;
    failed: string;
    until: Date | null;
  }>`
    select found.*, domain_pauses.until from (
      select domain, count(*) filter (where state = 'deferred') as deferred,
        count(*) filter (where state = 'bounced') as bounced, count(*) filter (where state = 'failed') as failed
      from ledger
      where run_id = ${runId} and domain is not null and state in ('deferred', 'bounced', 'failed')
        and (state <> 'deferred' or reason is null or reason <> all(${ownWaits}::text[]))
      group by domain order by count(*) desc limit 10
    ) found left join domain_pauses on domain_pauses.domain = found.domain and domain_pauses.until > now()
    order by deferred + bounced + failed desc, found.domain`.execute(db);
  const reasons = sql<{ state: State; reason: string; count: string }>`
    select state, reason, count(*) from ledger
    where run_id = ${runId} and reason is not null and state in ('deferred', 'bounced', 'failed', 'unknown')
    group by 1, 2 order by 3 desc, 2 limit 5`.execute(db);
  return {
    variants: (await variants).rows.map((it) => ({
      variant: it.variant,
      phase: it.phase,
      total: Number(it.total),
      accepted: Number(it.accepted),
      open: Number(it.open),
    })),
    domains: (await domains).rows.map((it) => ({
      domain: it.domain,
      deferred: Number(it.deferred),
      bounced: Number(it.bounced),
      failed: Number(it.failed),
      pausedUntil: it.until?.toISOString() ?? null,
    })),
    reasons: (await reasons).rows.map((it) => ({ ...it, count: Number(it.count) })),
  };
}
