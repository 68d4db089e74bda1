import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { readStudioFiles } from './studio-files.ts';
import type { Workshop } from './wire.ts';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.m4a': 'audio/mp4',
  '.mp3': 'audio/mpeg',
};

/** The studio's own files, and those of the page's player. Frames of pages have no origin, so these are everybody's. */
export async function addFiles(app: FastifyInstance, workshop: Workshop): Promise<void> {
  const studio = await readStudioFiles();
  const open = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };

  app.get<{ Params: { name: string } }>('/studio/:name', async (request, reply) => {
    const file = studio.get(request.params.name);
    return file === undefined ? reply.code(404).send() : reply.headers(open).type(file.type).send(file.body);
  });

  app.get<{ Params: { name: string } }>('/assets/:name', async (request, reply) => {
    const { name } = request.params;
    const type = types[extname(name)];
    if (type === undefined || !/^[\w.-]+$/.test(name)) return reply.code(404).send();
    const { dir } = await workshop.site();
    const body = await readFile(join(dir, name)).catch(() => null);
    return body === null ? reply.code(404).send() : reply.headers(open).type(type).send(body);
  });
}
