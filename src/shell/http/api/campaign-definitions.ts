import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readCampaign } from '../../../campaign/read-campaign.ts';
import { DearlyError } from '../../../errors.ts';
import type { Json } from '../../../profile/profile.ts';
import { checkCampaign } from '../../../run/campaign/check-campaign.ts';
import { type Started, startCampaign } from '../../../run/campaign/start-campaign.ts';
import { passedMoment } from '../../../run/passed-moment.ts';
import { callerOf, requireKey } from '../api-key.ts';
import type { ServerParts } from '../parts.ts';
import { documentedBody, startedSchema } from './campaign-body.ts';
import { idempotencyHeaders, replyOnce } from './idempotency-key.ts';
import { planSchema } from './plan-schema.ts';

const security = [{ key: [] }];
const tags = ['campaigns'];
/** Where errors say that something stands. */
const file = 'campaign';

const definition = z.string().min(1, 'expected a campaign, as YAML or as JSON');

/** More people are looked at by `dearly campaign plan`, where nobody waits for an answer over HTTP. */
const mostPlanned = 50_000;

/** Takes definitions as text, so that every complaint has its line. */
export const campaignDefinitions =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, shelf } = parts;
    app.addHook('onRequest', async (request) => void (await requireKey(db, request, 'campaigns')));
    app.removeContentTypeParser('application/json');
    const types = ['application/json', 'application/yaml', 'application/x-yaml', 'text/yaml'];
    const asText = { parseAs: 'string', bodyLimit: 256 * 1024 } as const;
    app.addContentTypeParser(types, asText, async (_: unknown, text: string) => text);

    const starting = {
      querystring: z.object({
        occurrence: z
          .string()
          .regex(/^[\w.:+-]{1,100}$/, 'expected 1 to 100 letters, digits and . : + - _')
          .optional()
          .describe('Starts just this one now, schedule or not; the same one is never sent twice'),
      }),
      headers: idempotencyHeaders,
      body: definition,
      tags,
      security,
      summary: 'Starts a campaign, or finds the run it has; one with a schedule comes by itself from now on',
      response: {
        200: startedSchema.describe('It was there already'),
        201: startedSchema.describe('It is new'),
      },
    };
    app.post('/v1/campaigns', { schema: starting, config: { documentedBody } }, async (request, reply) =>
      replyOnce(parts, request, reply, callerOf(request), async () => {
        const { occurrence } = request.query;
        const draft = readCampaign(request.body, file);
        const passed = occurrence === undefined ? await passedMoment(draft.fields, parts) : [];
        const { campaign, warnings } = await checkCampaign(draft, shelf, passed);
        const started = await startCampaign(campaign, occurrence, parts);
        return { status: isNew(started) ? 201 : 200, body: toBody(started, campaign.name, warnings) };
      }),
    );

    const planning = {
      querystring: z.object({
        framesPerSecond: z.coerce
          .number()
          .positive()
          .optional()
          .describe('Of the machines that will draw films; measured here when left out'),
      }),
      body: definition,
      tags,
      security,
      summary: `Looks ahead over the whole audience (${mostPlanned} people at most). Sends nothing`,
      response: { 200: planSchema },
    };
    let planned: Promise<unknown> = Promise.resolve();
    app.post(
      '/v1/campaigns/plan',
      { schema: planning, config: { documentedBody } },
      async (request, reply) => {
        const draft = readCampaign(request.body, file);
        const passed = await passedMoment(draft.fields, parts);
        const { campaign, warnings } = await checkCampaign(draft, shelf, passed);
        const people = await parts.plan.count(campaign);
        if (people > mostPlanned) {
          throw new DearlyError('request-invalid', `The audience has ${people} people.`, {
            details: [`expected at most ${mostPlanned} here; use \`dearly campaign plan\` for more`],
          });
        }
        const gone = new AbortController();
        reply.raw.once('close', () => reply.raw.writableFinished || gone.abort());
        // One at a time: each takes a core.
        const plan = planned.then(() =>
          parts.plan.look(campaign, gone.signal, request.query.framesPerSecond),
        );
        planned = plan.catch(() => {});
        return reply.header('cache-control', 'private, no-store').send({ ...(await plan), warnings });
      },
    );
  };

function isNew(started: Started): boolean {
  return started.kind === 'started' ? started.isNew : started.change === 'new';
}

function toBody(started: Started, name: string, warnings: readonly string[]): Json {
  if (started.kind === 'scheduled') {
    const { next, change, differences } = started;
    return {
      kind: 'scheduled',
      name,
      next: [...next],
      change,
      differences: [...differences],
      warnings: [...warnings],
    };
  }
  const { id, occurrence, state, createdAt } = started.run;
  return { kind: 'started', id, name, occurrence, state, createdAt, warnings: [...warnings] };
}
