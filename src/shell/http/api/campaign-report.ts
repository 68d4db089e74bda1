import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findRun } from '../../../adapters/postgres/find-run.ts';
import { reportOf } from '../../../run/campaign/report.ts';
import { drawFunnel } from '../../report/draw-funnel.ts';
import { drawVariants } from '../../report/draw-variants.ts';
import { reportCsv } from '../../report/report-csv.ts';
import { requireKey } from '../api-key.ts';
import { answerOf } from '../documented.ts';
import type { ServerParts } from '../parts.ts';
import { reportSchema } from './report-schema.ts';
import { runParams } from './run-standing.ts';

const shared = { tags: ['campaigns'], security: [{ key: [] }] };
const uncached = { 'cache-control': 'private, no-store' };

/** The picture is styled from within, and does nothing else. */
const pictureHeaders = {
  ...uncached,
  'content-type': 'image/svg+xml; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
};

/** What came of a run: as JSON, as CSV, as a picture. */
export const campaignReport =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = parts;
    app.addHook('onRequest', async (request) => void (await requireKey(db, request, 'campaigns')));
    const report = async (id: string) => await reportOf((await findRun(db, id)).id, parts);

    const reporting = {
      ...shared,
      params: runParams,
      summary: 'What came of it: how far people came, value and cost, surveys, variants, holdout',
      response: { 200: reportSchema },
    };
    app.get('/v1/campaigns/:id/report', { schema: reporting }, async (request, reply) => {
      reply.headers(uncached);
      return await report(request.params.id);
    });

    const listing = {
      ...shared,
      params: runParams,
      summary: 'The funnels as CSV: a row for each variant, phase and step',
    };
    const csv = { documentedAnswers: { 200: answerOf('text/csv', 'With a header') } };
    app.get('/v1/campaigns/:id/funnel.csv', { schema: listing, config: csv }, async (request, reply) => {
      return reply
        .headers({ ...uncached, 'content-type': 'text/csv; charset=utf-8; header=present' })
        .send(reportCsv(await report(request.params.id)));
    });

    const drawing = {
      ...shared,
      params: runParams,
      querystring: z.object({
        of: z.enum(['all', 'variants']).default('all').describe('Everybody, or the variants side by side'),
      }),
      summary: 'The funnel as a picture',
    };
    const svg = { documentedAnswers: { 200: answerOf('image/svg+xml', 'A picture') } };
    app.get('/v1/campaigns/:id/funnel.svg', { schema: drawing, config: svg }, async (request, reply) => {
      const draw = request.query.of === 'all' ? drawFunnel : drawVariants;
      return reply.headers(pictureHeaders).send(draw(await report(request.params.id)));
    });
  };
