import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DearlyError } from '../../../errors.ts';
import type { VoiceScript } from '../../../render/sound/voice-scripts.ts';
import { isProgramOfOurs } from '../api-key.ts';
import type { ServerParts } from '../parts.ts';
import { followLink, linkParams, refuse } from './follow-link.ts';
import { keptBy, personalHeaders } from './page.ts';
import { sendArtefact } from './send-artefact.ts';

/** What the page's player is told: by scene, the name of its voice, and of those after an answer. */
type Listed = Record<string, { voice?: string; by?: Record<string, string> }>;

const voiceFaults = [
  'sound-invalid',
  'speech-unavailable',
  'speech-refused',
  'asset-refused',
  'asset-unavailable',
];
const hidden = { ...personalHeaders, 'cross-origin-resource-policy': 'same-site' };

/** What the film's scenes say, one sound each. A person's player starts it; a look by a machine, or a HEAD, never does. */
export const voices =
  (parts: ServerParts): FastifyPluginAsyncZod =>
  async (app) => {
    const listing = { params: linkParams, tags: ['links'], summary: 'Which scenes of the film speak' };
    app.get('/v/:token/voices.json', { schema: listing }, async (request, reply) => {
      const found = await followLink(parts, request, reply, 'video');
      if (!found) return reply;
      const { storyboard } = found.snapshot;
      reply.headers(hidden);
      return listOf(storyboard === null ? [] : await parts.voices.list(storyboard));
    });

    const schema = {
      params: linkParams.extend({ voice: z.string() }),
      tags: ['links'],
      summary: 'What a scene of the film says',
    };
    app.get('/v/:token/:voice.m4a', { schema }, async (request, reply) => {
      const found = await followLink(parts, request, reply, 'video');
      if (!found) return reply;
      const { snapshot } = found;
      const { voice } = request.params;
      reply.headers(hidden);
      const mayStart = !found.isMachine || (await isProgramOfOurs(parts.db, request));
      const kept = await (mayStart
        ? parts.voices.get(snapshot, voice)
        : parts.voices.peek(snapshot, voice)
      ).catch((error: unknown) => {
        if (!(error instanceof DearlyError && voiceFaults.includes(error.code))) throw error;
        request.log.warn({ code: error.code, snapshotId: snapshot.id, voice }, 'a voice cannot be had');
        return null;
      });
      // The film goes on in silence.
      if (kept === null) return refuse(parts, reply, 404, snapshot.lang);
      reply.header('cache-control', keptBy(snapshot, 'private, max-age=86400'));
      return sendArtefact(parts.store, { ...kept, contentType: 'audio/mp4' }, request, reply);
    });
  };

function listOf(scripts: readonly VoiceScript[]): Listed {
  const listed: Listed = {};
  for (const { scene, name, answer } of scripts) {
    listed[scene] ??= {};
    if (answer === null) listed[scene].voice = name;
    else listed[scene].by = { ...listed[scene].by, [answer]: name };
  }
  return listed;
}
