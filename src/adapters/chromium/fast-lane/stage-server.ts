// Enters: requests of one browser, which has this server as its proxy. Leaves: the stage's own files.
// Never: anything of another origin. What else the browser asks for is refused and noted.
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface StageFile {
  readonly bytes: Uint8Array;
  readonly type: string;
}

/** A file of the stage by its path below the secret one (`index.html`, `asset/<sha256>`); null where there is none. */
export type ReadStageFile = (path: string) => Promise<StageFile | null>;

export interface StageServer {
  readonly port: number;
  /** `http://127.0.0.1:<port>/<secret>/`: a secure context, as WebCodecs wants it, that no other process can guess. */
  readonly url: string;
  /** What was asked for beside the stage's files, as `METHOD target`, oldest first; the first thousand. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

const keptRefusals = 1000;

/** `policy`: the Content-Security-Policy of every answer. */
export async function openStageServer(read: ReadStageFile, policy: string): Promise<StageServer> {
  const secret = randomBytes(24).toString('base64url');
  const refused: string[] = [];
  const sockets = new Set<Socket>();
  let root = '';

  function refuse(request: IncomingMessage): void {
    if (refused.length < keptRefusals) refused.push(`${request.method} ${request.url}`);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.method === 'GET' ? pathBelow(root, request.url ?? '') : null;
    const file = path === null ? null : await read(path);
    if (file === null) {
      refuse(request);
      response.writeHead(403, { 'Content-Security-Policy': policy }).end();
      return;
    }
    response.writeHead(200, { ...headers, 'Content-Security-Policy': policy, 'Content-Type': file.type });
    response.end(file.bytes);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const hangUp = (request: IncomingMessage, socket: { destroy(): unknown }) => {
    refuse(request);
    socket.destroy();
  };
  server.on('connect', hangUp);
  server.on('upgrade', hangUp);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  root = `http://127.0.0.1:${port}/${secret}/`;
  return {
    port,
    url: root,
    refused,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const headers = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-DNS-Prefetch-Control': 'off',
};

/** A browser asks its proxy for whole addresses; whoever comes without one is no browser of ours. */
function pathBelow(root: string, target: string): string | null {
  if (!target.startsWith(root)) return null;
  const path = target.slice(root.length).split('?', 1)[0] ?? '';
  return /^[\w.-]+(\/[\w.-]+)*$/.test(path) && !path.includes('..') ? path : null;
}
