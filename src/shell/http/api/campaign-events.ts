import { PassThrough } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { findRun } from '../../../adapters/postgres/find-run.ts';
import { requireKey } from '../api-key.ts';
import { answerOf } from '../documented.ts';
import type { ServerParts } from '../parts.ts';
import type { RunFeed } from '../run-feed.ts';
import { runParams, standingOf } from './run-standing.ts';

/** Proxies end a connection that is silent for a minute. */
const pulseMs = 15_000;
/** How long a client waits before it comes again. */
const retryMs = 3000;

/** Server-sent events: each tells how the run stands as a whole, so whoever missed some has missed nothing. */
export const campaignEvents =
  (parts: ServerParts, feed: RunFeed): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = parts;
    const streams = new Set<PassThrough>();
    app.addHook('onRequest', async (request) => void (await requireKey(db, request, 'campaigns')));
    app.addHook('preClose', async () => {
      for (const stream of streams) stream.end();
    });
    const schema = {
      params: runParams,
      tags: ['campaigns'],
      security: [{ key: [] }],
      summary: 'Follows a run: `progress` about once a second while it changes, `completed` at the end',
    };
    const documentedAnswers = {
      200: answerOf(
        'text/event-stream',
        'Events `progress` and `completed`; `data` is as GET /v1/campaigns/{id} begins',
      ),
    };
    app.get('/v1/campaigns/:id/events', { schema, config: { documentedAnswers } }, async (request, reply) => {
      const { id } = await findRun(db, request.params.id);
      const stream = new PassThrough();
      streams.add(stream);
      stream.write(`retry: ${retryMs}\n\n`);
      let told = '';
      let count = 0;
      const stop = feed.listen(id, (look) => {
        const data = JSON.stringify(standingOf(look));
        const isNews = data !== told;
        // A client that reads slowly gets the newest when it is ready for it, not all that it missed.
        if (stream.writableEnded || (!look.isOver && (!isNews || stream.writableNeedDrain))) return;
        told = data;
        stream.write(`id: ${++count}\nevent: ${look.isOver ? 'completed' : 'progress'}\ndata: ${data}\n\n`);
        if (look.isOver) stream.end();
      });
      const pulse = setInterval(() => stream.writableNeedDrain || stream.write(':\n\n'), pulseMs);
      stream.once('close', () => {
        clearInterval(pulse);
        stop();
        streams.delete(stream);
      });
      request.raw.once('close', () => stream.destroy());
      return reply
        .headers({
          // Kept open behind its end, it would hold up a server that closes.
          connection: 'close',
          'content-type': 'text/event-stream',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
        })
        .send(stream);
    });
  };
