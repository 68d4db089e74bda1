import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findRun } from '../../../adapters/postgres/find-run.ts';
import { listRuns } from '../../../adapters/postgres/list-runs.ts';
import { runBreakdown } from '../../../adapters/postgres/run-breakdown.ts';
import { requireKey } from '../api-key.ts';
import { answerOf } from '../documented.ts';
import type { ServerParts } from '../parts.ts';
import type { RunFeed } from '../run-feed.ts';
import { breakdown, historyLine, runParams, standing, standingOf } from './run-standing.ts';

const security = [{ key: [] }];
const tags = ['campaigns'];

const page = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z.uuid().optional().describe('`next` of the page before'),
});

const moment = z.string().describe('ISO 8601');
const count = z.number().int();

const listed = z.object({
  runs: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      occurrence: z.string(),
      state: z.enum(['planning', 'running', 'paused', 'cancelled', 'completed']),
      createdAt: moment,
      total: count,
      accepted: count,
      open: count.describe('Not ended yet'),
    }),
  ),
  next: z.uuid().nullable().describe('`before` for the next page; null on the last one'),
  scheduled: z
    .array(
      z.object({
        name: z.string(),
        nextAt: moment.nullable(),
        missed: count.describe('Occurrences that a newer one stood in for'),
        missedAt: moment.nullable(),
        trouble: z.string().nullable().describe('Why the due occurrence cannot be started'),
      }),
    )
    .describe('On the first page'),
});

/** Looks at runs. Starting and steering them: campaign-definitions.ts, campaign-steering.ts; what came of them: campaign-report.ts. */
export const campaigns =
  (parts: ServerParts, feed: RunFeed): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, ledger } = parts;
    app.addHook('onRequest', async (request) => void (await requireKey(db, request, 'campaigns')));

    const listing = {
      querystring: page,
      tags,
      security,
      summary: 'Runs, the newest first, and what is scheduled',
      response: { 200: listed },
    };
    app.get('/v1/campaigns', { schema: listing }, async (request) => {
      const { limit, before } = request.query;
      const runs = await listRuns(db, limit, before);
      const scheduled = before === undefined ? await parts.campaigns.list() : [];
      return {
        runs: [...runs],
        next: runs.length === limit ? (runs.at(-1)?.id ?? null) : null,
        scheduled: scheduled
          .filter(({ nextAt }) => nextAt !== null)
          .map(({ campaign, ...rest }) => ({ name: campaign.name, ...rest })),
      };
    });

    const looking = {
      params: runParams,
      tags,
      security,
      summary: 'Where a run stands: by state, how fast, for how much longer, and what gives trouble',
      response: { 200: standing.extend(breakdown.shape) },
    };
    app.get('/v1/campaigns/:id', { schema: looking }, async (request, reply) => {
      const { id } = await findRun(db, request.params.id);
      const [look, more] = await Promise.all([feed.look(id), runBreakdown(db, id)]);
      reply.header('cache-control', 'private, no-store');
      return {
        ...standingOf(look),
        variants: [...more.variants],
        domains: [...more.domains],
        reasons: [...more.reasons],
      };
    });

    const telling = {
      params: runParams,
      querystring: z.object({ externalId: z.string().min(1).max(200).optional() }),
      tags,
      security,
      summary: 'Who got what and when, a line of JSON per person; of one customer alone with externalId',
    };
    const documentedAnswers = {
      200: answerOf('application/x-ndjson', 'A line for each', z.toJSONSchema(historyLine)),
    };
    app.get(
      '/v1/campaigns/:id/history',
      { schema: telling, config: { documentedAnswers } },
      async (request, reply) => {
        const { id } = await findRun(db, request.params.id);
        const rows = ledger.history(id, request.query.externalId);
        const lines = async function* () {
          for await (const row of rows) yield `${JSON.stringify(row)}\n`;
        };
        return reply
          .headers({ 'content-type': 'application/x-ndjson', 'cache-control': 'private, no-store' })
          .send(Readable.from(lines()));
      },
    );
  };
