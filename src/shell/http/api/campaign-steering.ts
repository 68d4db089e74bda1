import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findRun } from '../../../adapters/postgres/find-run.ts';
import type { Run } from '../../../run/ledger.ts';
import { requireKey } from '../api-key.ts';
import type { ServerParts } from '../parts.ts';
import { runParams } from './run-standing.ts';

const security = [{ key: [] }];
const tags = ['campaigns'];

const steered = z.object({
  id: z.uuid(),
  state: z.string().describe('The state it has now. What does not fit it changes nothing'),
  changed: z.number().int().nullable().describe('Rows that it changed; null where it is about the run alone'),
});

/** Rows that it changed; null where it is about the run alone. */
type Act = (run: Run) => Promise<number | null>;

/** Safe to say twice: the second time finds nothing to change. */
export const campaignSteering =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, ledger, queue } = parts;
    app.addHook('onRequest', async (request) => void (await requireKey(db, request, 'campaigns')));

    const verbs: readonly (readonly [verb: string, summary: string, act: Act])[] = [
      ['cancel', 'Ends a run for good; what is on its way already arrives', ({ id }) => ledger.cancel(id)],
      ['retry-failed', 'Tries the failed ones again, and only them', ({ id }) => ledger.retryFailed(id)],
      [
        'resume',
        'Goes on with a paused run',
        async ({ id }) => {
          await ledger.resume(id);
          return null;
        },
      ],
    ];
    for (const [verb, summary, act] of verbs) {
      const schema = { params: runParams, tags, security, summary, response: { 200: steered } };
      app.post(`/v1/campaigns/:id/${verb}`, { schema }, async (request) => {
        const run = await findRun(db, runParams.parse(request.params).id);
        return await steer(run, await act(run));
      });
    }

    const pausing = {
      params: runParams,
      body: z.strictObject({ reason: z.string().min(1).max(200).default('by hand') }).nullish(),
      tags,
      security,
      summary: 'Sends nothing more until it is resumed',
      response: { 200: steered },
    };
    app.post('/v1/campaigns/:id/pause', { schema: pausing }, async (request) => {
      const run = await findRun(db, request.params.id);
      await ledger.pause(run.id, request.body?.reason ?? 'by hand');
      return await steer(run, null);
    });

    const resolving = {
      params: runParams,
      body: z.strictObject({
        unknown: z
          .enum(['resend', 'accept'])
          .describe('`resend` keeps the Message-ID; `accept` takes them as sent'),
      }),
      tags,
      security,
      summary: 'Decides about messages that nobody can tell of whether they went out',
      response: { 200: steered },
    };
    app.post('/v1/campaigns/:id/resolve', { schema: resolving }, async (request) => {
      const run = await findRun(db, request.params.id);
      return await steer(run, await ledger.resolveUnknown(run.id, request.body.unknown));
    });

    const ending = {
      params: z.object({ name: z.string().max(63) }),
      tags,
      security,
      summary: 'Takes the schedule of a campaign off; runs go on',
      response: { 200: z.object({ name: z.string(), ended: z.boolean() }) },
    };
    app.delete('/v1/campaigns/schedules/:name', { schema: ending }, async (request) => {
      const { name } = request.params;
      return { name, ended: await parts.campaigns.end(name) };
    });

    /** Wakes a worker for what is to be done now, if only to see that nothing is left. */
    async function steer({ id }: Run, changed: number | null): Promise<z.output<typeof steered>> {
      const { state } = await ledger.find(id);
      if (state === 'running' || state === 'cancelled') await queue.wakeRun(id);
      return { id, state, changed };
    }
  };
