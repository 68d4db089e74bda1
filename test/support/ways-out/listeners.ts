import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';

/** One ear: every address of this machine, IPv4 and IPv6, on one port, for streams and for datagrams. */
export interface Ear {
  readonly port: number;
  /** How each arrival began, as far as it can be read. */
  readonly heard: readonly string[];
  close(): Promise<void>;
}

const answer =
  'HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

/** An ear for each way out, so that whatever comes, HTTP, TLS, QUIC or STUN, is known by the port it came to. */
export async function openEar(): Promise<Ear> {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    heard.push('a connection');
    sockets.add(socket);
    socket
      .on('close', () => sockets.delete(socket))
      .on('error', () => {})
      .once('data', (bytes) => {
        heard.push(bytes[0] === 0x16 ? 'a TLS hello' : (bytes.toString('latin1').split('\r\n')[0] ?? ''));
        socket.end(answer);
      });
  });
  const port = await listen(server);
  const udp = await bind(port);
  udp.on('message', (bytes) => heard.push(`a datagram of ${bytes.byteLength} bytes`));
  return {
    port,
    heard,
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([
        new Promise<void>((done) => server.close(() => done())),
        new Promise<void>((done) => udp.close(() => done())),
      ]);
    },
  };
}

/** The wildcard of IPv6 hears IPv4 as well; a machine without IPv6 listens by IPv4. */
const wildcard = Object.values(networkInterfaces()).some((it) => it?.some(({ family }) => family === 'IPv6'))
  ? '::'
  : '0.0.0.0';

function listen(server: Server): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', fail).listen(0, wildcard, () => done((server.address() as AddressInfo).port));
  });
}

function bind(port: number): Promise<UdpSocket> {
  const udp = createSocket(wildcard === '::' ? 'udp6' : 'udp4');
  return new Promise((done, fail) => {
    udp.once('error', fail).bind(port, wildcard, () => done(udp));
  });
}

/** An address of this machine that is no loopback; null where it has none. */
export function ownAddress(): string | null {
  const all = Object.values(networkInterfaces()).flatMap((it) => it ?? []);
  return all.find((it) => !it.internal && it.family === 'IPv4')?.address ?? null;
}
