import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { countEvents } from '../../adapters/postgres/count-events.ts';
import { funnel } from '../../measure/funnel.ts';
import { requireKey } from './api-key.ts';
import type { ServerParts } from './parts.ts';

const params = z.object({ id: z.uuid() });
const security = [{ key: [] }];
const tags = ['campaigns'];

/** Reads only: campaigns are started from their files. */
export const campaigns =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, ledger } = parts;
    app.addHook('onRequest', async (request) => void (await requireKey(db, request, 'campaigns')));

    const standing = { params, tags, security, summary: 'Where a run stands' };
    app.get('/v1/campaigns/:id', { schema: standing }, async (request) => {
      const { id, kind, name, occurrence, state } = await ledger.find(request.params.id);
      return { id, kind, name, occurrence, state, ...(await ledger.tally(id)) };
    });

    const reporting = { params, tags, security, summary: 'How far people came, machines apart' };
    app.get('/v1/campaigns/:id/report', { schema: reporting }, async (request) => {
      const { id, name, occurrence } = await ledger.find(request.params.id);
      return { id, name, occurrence, ...funnel(await ledger.tally(id), await countEvents(db, id)) };
    });
  };
