import type { FastifyInstance, FastifyReply } from 'fastify';

export interface News {
  /** What changed, for every studio that is open. */
  tell(kind: 'busy' | 'changed'): void;
  /** @returns ends the listening */
  listen(hear: (kind: string) => void): () => void;
}

export function openNews(): News {
  const ears = new Set<(kind: string) => void>();
  return {
    tell(kind) {
      for (const hear of ears) hear(kind);
    },
    listen(hear) {
      ears.add(hear);
      return () => ears.delete(hear);
    },
  };
}

/** Proxies and laptops' sleep end a silent connection; the browser would find out late. */
const pulseMs = 15_000;

/** Server-sent events: `busy` while files are read again, `changed` when the message can be looked at again. */
export function addEvents(app: FastifyInstance, news: News): void {
  const open = new Set<FastifyReply>();
  app.get('/events', (request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    reply.raw.write('retry: 500\n\n');
    open.add(reply);
    const stop = news.listen((kind) => reply.raw.write(`event: ${kind}\ndata:\n\n`));
    const pulse = setInterval(() => reply.raw.write(':\n\n'), pulseMs);
    request.raw.on('close', () => {
      clearInterval(pulse);
      stop();
      open.delete(reply);
    });
  });
  app.addHook('preClose', async () => {
    for (const reply of open) reply.raw.end();
  });
}
