// Enters: a press, a workshop, a way to find stored people. Leaves: the studio's HTTP server, loopback alone.
// Never: a route that changes anything, or a message outside a sandbox.
import { randomBytes } from 'node:crypto';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import type { Profile } from '../../profile/profile.ts';
import { complaintOf, openDesk } from './desk.ts';
import { drawDocument } from './draw-document.ts';
import { emulateScheme } from './emulate-scheme.ts';
import { addEvents, type News } from './events.ts';
import { addFiles } from './files.ts';
import { notePage, troublePage } from './note-page.ts';
import { addPictures } from './pictures.ts';
import type { Press } from './press.ts';
import { sourceView } from './source-view.ts';
import { sandboxes } from './stage.ts';
import { readState, type State } from './state.ts';
import { studioPage } from './studio-page.ts';
import { tameLinks } from './tame-links.ts';
import type { Workshop } from './wire.ts';

export interface StudioParts {
  readonly press: Press;
  readonly workshop: Workshop;
  readonly findProfile: (key: string) => Promise<Profile | null>;
  readonly news: News;
}

/** The studio itself: its own script and style, frames of its own, nothing from elsewhere. */
const studioPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export async function buildStudio(parts: StudioParts): Promise<FastifyInstance> {
  const { press, workshop, findProfile } = parts;
  const desk = openDesk(press, findProfile);
  const app = fastify({ logger: false, forceCloseConnections: true });

  app.addHook('onRequest', async (request, reply) => {
    // A name of somebody else's that was made to point here (DNS rebinding) would read people's data.
    if (!isLoopback(request))
      return reply.code(403).type('text/plain').send('The studio answers to localhost alone.\n');
    reply.headers({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  app.get('/', async (request, reply) => {
    const look = await desk.look(readState(request.query), originOf(request));
    const html = look.state.view === 'source' && look.proof?.email?.html;
    return reply
      .header('content-security-policy', studioPolicy)
      .type('text/html; charset=utf-8')
      .send(studioPage(look, html ? sourceView(html) : null));
  });

  app.get('/frame/email', async (request, reply) => {
    const origin = originOf(request);
    const state = readState(request.query);
    reply.header('content-security-policy', framePolicy(origin, 'email', "style-src 'unsafe-inline'"));
    return await shown(reply, state, async () => {
      const { email } = await press.ask('proof', await desk.askFor(state, origin));
      return emulateScheme(tameLinks(email?.html ?? '', origin), state.scheme);
    });
  });

  const framePage = async (request: FastifyRequest, reply: FastifyReply) => {
    const origin = originOf(request);
    const state = readState(request.query);
    const nonce = randomBytes(16).toString('base64');
    return await shown(reply, state, async () => {
      const { styleHashes, styleUrl, scriptUrl, criticalCss, askingUrl, fontUrl } = await workshop.site();
      const assets = { styleUrl, scriptUrl, criticalCss, askingUrl, fontUrl, nonce };
      const isAnswered = request.method === 'POST';
      const page = await press.ask('page', { ...(await desk.askFor(state, origin)), assets, isAnswered });
      const policy = framePolicy(
        origin,
        'page',
        `script-src ${origin} 'nonce-${nonce}'`,
        `style-src ${origin} 'nonce-${nonce}' ${styleHashes.join(' ')}`.trim(),
      );
      reply.header('content-security-policy', policy);
      const script = `<script type="module" src="/studio/keep-place.ts" nonce="${nonce}"></script>`;
      return emulateScheme(page, state.scheme, nonce).replace(/<\/head>/i, `${script}$&`);
    });
  };

  // Forms of a page are posted; what they say is not read.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    payload.on('end', () => done(null));
  });
  // The studio has no voices: the player is told so, and shows what is said.
  app.get('/note/video/voices.json', async (_request, reply) =>
    reply.header('access-control-allow-origin', '*').send({}),
  );
  app.get('/frame/page', framePage);
  app.post('/frame/page', framePage);
  app.route<{ Params: { to: string; address?: string } }>({
    method: ['GET', 'POST'],
    url: '/note/:to/:address?',
    handler: async (request, reply) =>
      reply
        .header('content-security-policy', framePolicy(originOf(request), 'email', "style-src 'self'"))
        .type('text/html; charset=utf-8')
        .send(notePage(request.params.to, request.params.address)),
  });

  addPictures(app, { press, workshop, desk, originOf });
  app.get('/page.pdf', async (request, reply) => {
    try {
      const ask = await desk.askFor(readState(request.query), originOf(request));
      const pdf = await drawDocument(ask, { press, workshop });
      return reply.type('application/pdf').send(Buffer.from(pdf));
    } catch (error) {
      return reply
        .code(422)
        .type('text/html; charset=utf-8')
        .send(troublePage(complaintOf(error)));
    }
  });
  addEvents(app, parts.news);
  await addFiles(app, workshop);
  return app;
}

async function shown(
  reply: FastifyReply,
  { scheme }: State,
  make: () => Promise<string>,
): Promise<FastifyReply> {
  reply.type('text/html; charset=utf-8');
  try {
    return reply.send(await make());
  } catch (error) {
    return reply.code(422).send(emulateScheme(troublePage(complaintOf(error)), scheme));
  }
}

/** A policy in the document itself: it holds where a frame is opened on its own, too. */
function framePolicy(origin: string, kind: keyof typeof sandboxes, ...more: string[]): string {
  return [
    "default-src 'none'",
    `img-src ${origin} data:`,
    `font-src ${origin}`,
    `media-src ${origin}`,
    `connect-src ${origin}`,
    `form-action ${origin}`,
    "base-uri 'none'",
    "frame-ancestors 'self'",
    `sandbox ${sandboxes[kind]}`,
    ...more,
  ].join('; ');
}

function originOf(request: FastifyRequest): string {
  return `http://${request.headers.host}`;
}

function isLoopback({ headers }: FastifyRequest): boolean {
  const name = URL.parse(`http://${headers.host}`)?.hostname;
  return name === 'localhost' || name === '127.0.0.1' || name === '[::1]';
}
