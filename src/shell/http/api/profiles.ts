import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { eraseProfile } from '../../../adapters/postgres/erase-profile.ts';
import { exportProfile } from '../../../adapters/postgres/export-profile.ts';
import { findProfile } from '../../../adapters/postgres/find-profile.ts';
import { upsertProfiles } from '../../../adapters/postgres/upsert-profiles.ts';
import { DearlyError } from '../../../errors.ts';
import type { Profile } from '../../../profile/profile.ts';
import { removeArtefacts } from '../../../run/remove-artefacts.ts';
import { patchOf, profileBody } from '../../profile-body.ts';
import { requireKey } from '../api-key.ts';
import type { ServerParts } from '../parts.ts';
import { erasedSchema, exportSchema, keptSchema } from './profile-schema.ts';

const params = z.object({ externalId: z.string().min(1).max(200) });
const security = [{ key: [] }];
const tags = ['profiles'];

export const profiles =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = parts;
    app.addHook('onRequest', async (request) => void (await requireKey(db, request, 'profiles')));

    const keeping = {
      params,
      body: profileBody,
      tags,
      security,
      summary: 'Keeps what is said of a person',
      response: { 200: keptSchema.describe('Known before'), 201: keptSchema.describe('New') },
    };
    app.put('/v1/profiles/:externalId', { schema: keeping }, async (request, reply) => {
      const { externalId } = request.params;
      const how = { shelf: parts.shelf, at: parts.now(), where: 'body.' };
      const { patch, leftOut } = await patchOf(externalId, request.body, how);
      const { added } = await upsertProfiles(db, [patch]);
      const kept = { profile: await known(parts, externalId), leftOut };
      return reply.code(added === 1 ? 201 : 200).send(kept);
    });

    const showing = {
      params,
      tags,
      security,
      summary: 'Everything kept about a person (GDPR article 15)',
      response: { 200: exportSchema },
    };
    app.get('/v1/profiles/:externalId', { schema: showing }, async (request, reply) => {
      const { id } = await known(parts, request.params.externalId);
      reply.header('cache-control', 'private, no-store');
      const whole = await exportProfile(db, id, { secret: parts.addressKey });
      if (whole === null) throw missing(request.params.externalId);
      return whole;
    });

    const erasing = {
      params,
      tags,
      security,
      summary: 'Forgets a person, and what was made for them',
      response: { 200: erasedSchema },
    };
    app.delete('/v1/profiles/:externalId', { schema: erasing }, async (request) => {
      const { id } = await known(parts, request.params.externalId);
      const { artefactKeys, ...erased } = await eraseProfile(db, id, { secret: parts.addressKey });
      await removeArtefacts(parts.store, artefactKeys);
      return erased;
    });
  };

async function known({ db }: ServerParts, externalId: string): Promise<Profile> {
  const profile = await findProfile(db, { externalId });
  if (profile === null) throw missing(externalId);
  return profile;
}

function missing(externalId: string): DearlyError {
  return new DearlyError('profile-missing', `There is no profile ${externalId}.`);
}
