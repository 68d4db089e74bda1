// Enters: ServerParts. Leaves: the HTTP server, every route in its place. Never: a decision; routes parse, call and answer.
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import rateLimiter from '@fastify/rate-limit';
import serveStatic from '@fastify/static';
import { type FastifyInstance, fastify } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { campaignDefinitions } from './api/campaign-definitions.ts';
import { campaignEvents } from './api/campaign-events.ts';
import { campaignReport } from './api/campaign-report.ts';
import { campaignSteering } from './api/campaign-steering.ts';
import { campaigns } from './api/campaigns.ts';
import { chats } from './api/chats.ts';
import { events } from './api/events.ts';
import { links } from './api/links.ts';
import { profiles } from './api/profiles.ts';
import { renders } from './api/renders.ts';
import { suppressions } from './api/suppressions.ts';
import { triggers } from './api/triggers.ts';
import { webhooks } from './api/webhooks.ts';
import { addApiDocs } from './api-docs.ts';
import { byHost } from './by-host.ts';
import { countRequests } from './count-requests.ts';
import { handleError, handleNotFound } from './errors.ts';
import { health } from './health.ts';
import { takeJson } from './json-body.ts';
import { answers } from './links/answers.ts';
import { assets } from './links/assets.ts';
import { captions } from './links/captions.ts';
import { chat } from './links/chat.ts';
import { click } from './links/click.ts';
import { confirm } from './links/confirm.ts';
import { counting } from './links/counting.ts';
import { gate } from './links/gate.ts';
import { open } from './links/open.ts';
import { pdf } from './links/pdf.ts';
import { pictures } from './links/pictures.ts';
import { proof } from './links/proof.ts';
import { onlyOurPages } from './links/same-origin.ts';
import { site } from './links/site.ts';
import { unsubscribe } from './links/unsubscribe.ts';
import { video } from './links/video.ts';
import { voices } from './links/voices.ts';
import { logOptions } from './log.ts';
import { metrics } from './metrics.ts';
import type { ServerParts } from './parts.ts';
import { permissions } from './permissions.ts';
import { rateLimit } from './rate.ts';
import { openRunFeed } from './run-feed.ts';

export type { ServerParts, SiteAssets } from './parts.ts';

const none = ["'none'"];

/** Ready to be asked by `inject`, not yet listening. */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const app = fastify({
    logger: logOptions(parts.log),
    requestIdHeader: false,
    bodyLimit: 1024 * 1024,
    // A customer's number may be long, and a token that is too long is an unknown one like any other.
    routerOptions: { maxParamLength: 8192 },
    // Ends idle connections when it closes: a player that paused must not hold up a restart.
    forceCloseConnections: 'idle',
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(handleError(parts.site));
  app.setNotFoundHandler(handleNotFound(parts.site));
  const requests = countRequests(app);

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: none, baseUri: none, formAction: none, frameAncestors: none },
    },
    referrerPolicy: { policy: 'no-referrer' },
    // Mail programs show our pictures inside pages of their own: those say so themselves, and nothing else does.
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
  });
  app.addHook('onRequest', async (_, reply) => void reply.header('permissions-policy', permissions));
  app.addHook('onRequest', byHost(parts.origins));
  app.addHook('onRequest', onlyOurPages(parts));
  await app.register(rateLimiter, rateLimit);
  takeJson(app);
  await app.register(formbody, { bodyLimit: 64 * 1024 });
  await app.register(serveStatic, {
    root: parts.site.dir,
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    index: false,
    dotfiles: 'deny',
  });
  await addApiDocs(app);

  for (const route of [site, video, captions, voices, pdf, pictures, assets])
    await app.register(route(parts));
  for (const route of [click, open, gate, unsubscribe, confirm, answers, chat, counting, proof])
    await app.register(route(parts));
  for (const route of [profiles, suppressions, renders, links, events, triggers, webhooks, chats])
    await app.register(route(parts));
  for (const route of [campaignDefinitions, campaignSteering, campaignReport])
    await app.register(route(parts));
  const feed = openRunFeed(parts.ledger);
  for (const route of [campaigns, campaignEvents]) await app.register(route(parts, feed));
  app.addHook('onClose', async () => feed.close());
  await app.register(health(parts));
  await app.register(metrics(parts, requests, feed));
  return app;
}
