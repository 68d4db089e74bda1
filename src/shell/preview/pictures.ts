import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { assetName } from '../../merge/asset-name.ts';
import { drawPicture } from '../../render/picture.ts';
import { assetsIn } from '../../template/asset.ts';
import type { Format } from '../../template/composition.ts';
import { complaintOf, type Desk } from './desk.ts';
import { Html, html } from './html.ts';
import type { Press } from './press.ts';
import type { Ask } from './protocol.ts';
import { readState } from './state.ts';
import type { Workshop } from './wire.ts';

/** A message's pictures, drawn as for a recipient. Where that fails, a picture says why: a gap would look like the pack's. */
export function addPictures(
  app: FastifyInstance,
  parts: {
    readonly press: Press;
    readonly workshop: Workshop;
    readonly desk: Desk;
    readonly originOf: (request: FastifyRequest) => string;
  },
): void {
  const { press, workshop, desk, originOf } = parts;

  async function fetchForeign(name: string, request: FastifyRequest): Promise<Uint8Array | null> {
    const ask = await desk.askFor(readState(request.query), originOf(request));
    const scenes = (await press.ask('proof', ask)).snapshot.storyboard?.scenes ?? [];
    const asset = scenes.flatMap(({ props }) => assetsIn(props)).find((it) => assetName(it) === name);
    return asset === undefined ? null : await workshop.asset(asset);
  }

  app.get<{ Params: { name: string } }>('/picture/asset-:name.webp', async (request, reply) => {
    reply.header('cross-origin-resource-policy', 'cross-origin');
    try {
      const picture = await fetchForeign(request.params.name, request);
      if (picture === null) return reply.code(404).send();
      return reply.type('image/webp').send(Buffer.from(picture));
    } catch (error) {
      return reply.type('image/svg+xml').send(sorry(complaintOf(error).message));
    }
  });

  app.get<{ Params: { name: string } }>('/picture/:name.jpg', async (request, reply) => {
    // Frames of pages have no origin of their own.
    reply.header('cross-origin-resource-policy', 'cross-origin');
    try {
      const ask = await desk.askFor(readState(request.query), originOf(request));
      const picture = await drawFor(
        ask,
        request.params.name,
        { press, workshop },
        shape.parse(request.query).format,
      );
      if (picture === null) return reply.code(404).send();
      return reply.type('image/jpeg').send(Buffer.from(picture));
    } catch (error) {
      return reply.type('image/svg+xml').send(sorry(complaintOf(error).message));
    }
  });
}

/** As for a recipient: `format=9:16` asks for a poster of that shape. */
const shape = z.object({ format: z.enum(['16:9', '1:1', '9:16']).catch('16:9') });

/** JPEG of a message's picture, by its name; null where it has no film to make a poster of. @throws Refusal, DearlyError */
export async function drawFor(
  ask: Ask,
  name: string,
  { press, workshop }: { readonly press: Press; readonly workshop: Workshop },
  format: Format = '16:9',
): Promise<Uint8Array | null> {
  if (name !== 'poster') return await drawPicture(await press.ask('picture', { ...ask, name }));
  const { storyboard } = (await press.ask('proof', ask)).snapshot;
  return storyboard === null ? null : await workshop.poster(storyboard, format);
}

function sorry(why: string): string {
  const text = new Html(`font-family="system-ui, sans-serif" text-anchor="middle" fill="#c9c9d1"`);
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 675" width="1200" height="675"><rect width="1200" height="675" fill="#2a2a30"/>
<text x="600" y="325" font-size="40" ${text}>This picture cannot be drawn</text><text x="600" y="385" font-size="26" ${text}>${why.slice(0, 90)}</text></svg>`
    .text;
}
