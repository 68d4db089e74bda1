import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

const read = (name: string) => readFile(new URL(`../fixtures/tls/${name}`, import.meta.url), 'utf8');

/** Trusted by nobody but who is handed it. */
export const certificate = await read('certificate.pem');

export interface TlsServer {
  readonly port: string;
  /** Connections so far. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** A real HTTPS server on loopback. */
export async function openTlsServer(listener: RequestListener): Promise<TlsServer> {
  const server = createServer({ key: await read('key.pem'), cert: certificate }, listener);
  let connections = 0;
  server.on('connection', () => connections++);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: String((server.address() as AddressInfo).port),
    connections: () => connections,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
