// Enters: what the database and this process count. Leaves: Prometheus text, the same names as in the API's JSON.
// Never: a name, an address, or a label whose values grow with the customers.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { openChangeCounter } from '../../adapters/postgres/count-changes.ts';
import { openEventCounter } from '../../adapters/postgres/count-events.ts';
import { countWork, type WorkCounts } from '../../adapters/postgres/count-work.ts';
import { openCampaignRuns } from '../../adapters/postgres/open-campaign-runs.ts';
import { campaignLines, mostRuns } from './campaign-metrics.ts';
import type { RequestCounts } from './count-requests.ts';
import type { ServerParts } from './parts.ts';
import { counter, gauge } from './prometheus.ts';
import type { RunFeed } from './run-feed.ts';

/** However often it is asked for: counting a million rows each time would be a load of its own. */
const freshMs = 15_000;

export const metrics =
  (parts: ServerParts, requests: RequestCounts, feed: RunFeed): FastifyPluginAsyncZod =>
  async (app) => {
    const changes = openChangeCounter(parts.db);
    const events = openEventCounter(parts.db);
    let newest: { readonly at: number; readonly lines: Promise<string[]> } | null = null;
    const ofDatabase = () => {
      const now = performance.now();
      if (newest === null || now - newest.at > freshMs) newest = { at: now, lines: look() };
      return newest.lines;
    };
    async function look(): Promise<string[]> {
      try {
        const [work, sums, done] = await Promise.all([countWork(parts.db), changes.read(), events.read()]);
        return [
          ...gauge('dearly_database_up', 'Whether PostgreSQL answers.', 1),
          ...workLines(work),
          ...messageLines(sums),
          ...counter(
            'dearly_events_total',
            'What recipients did, all processes together, since this one started.',
            done,
          ),
          ...(await campaignLines(await openCampaignRuns(parts.db, mostRuns), feed)),
        ];
      } catch {
        newest = null;
        return gauge('dearly_database_up', 'Whether PostgreSQL answers.', 0);
      }
    }
    const schema = { tags: ['health'], summary: 'Prometheus; counts are 15 seconds old at most' };
    app.get('/metrics', { schema }, async (_request, reply) => {
      const lines = [
        ...requests.lines(),
        ...(await ofDatabase()),
        ...reportLines(parts.reportCounts?.() ?? {}),
        ...gauge('dearly_resident_bytes', 'Memory of this process.', process.memoryUsage.rss()),
      ];
      return reply.type('text/plain; version=0.0.4; charset=utf-8').send(`${lines.join('\n')}\n`);
    });
  };

function workLines(it: WorkCounts): string[] {
  const late = it.chores.map(({ name, lateSeconds }) => ({ labels: { chore: name }, value: lateSeconds }));
  const failed = it.chores.map(({ name, failed }) => ({ labels: { chore: name }, value: Number(failed) }));
  return [
    ...gauge('dearly_ledger_rows', 'Rows of open runs (byState).', it.rows),
    ...gauge('dearly_open_rows', 'Rows of open runs that have not ended (open).', it.open),
    ...gauge('dearly_open_runs', 'Runs that have not ended.', it.runs),
    ...gauge(
      'dearly_unknown_rows',
      'Rows of all runs that nobody can tell of whether they went out.',
      it.unknown,
    ),
    ...gauge(
      'dearly_oldest_due_seconds',
      'How long the row that waits longest has been due.',
      it.oldestDueSeconds,
    ),
    ...gauge('dearly_paused_domains', 'Recipient domains that asked for less.', it.pausedDomains),
    ...gauge(
      'dearly_mail_paused',
      'Whether the server all mail goes through asked for less.',
      Number(it.isMailPaused),
    ),
    ...gauge('dearly_videos', 'Films that are not done.', it.videos),
    ...gauge('dearly_queue_jobs', 'Wake-ups waiting or under way.', it.queue),
    ...gauge('dearly_webhooks_pending', 'Outgoing events that nobody has taken yet.', it.webhooks.pending),
    ...gauge(
      'dearly_webhooks_oldest_due_seconds',
      'How long the oldest of them is due.',
      it.webhooks.oldestDueSeconds,
    ),
    ...gauge('dearly_chats_waiting', 'Words for a person that nobody has taken yet.', it.chats.waiting),
    ...gauge('dearly_chats_oldest_seconds', 'How old the oldest of them are.', it.chats.oldestSeconds),
    ...gauge('dearly_chore_late_seconds', 'How long a chore has been due with nobody at it.', late),
    ...gauge('dearly_chore_failed', 'Whether the last run of a chore failed.', failed),
  ];
}

function messageLines(sums: Readonly<Record<string, number>>): string[] {
  const values = Object.entries(sums).map(([state, value]) => ({ labels: { state }, value }));
  const help = 'How often rows came into a state, all workers together, since this process started.';
  return counter('dearly_messages_total', help, values);
}

function reportLines(counts: Readonly<Record<string, number>>): string[] {
  const values = Object.entries(counts).map(([result, value]) => ({ labels: { result }, value }));
  return counter('dearly_reports_total', 'Bounces and complaints taken by this process.', values);
}
