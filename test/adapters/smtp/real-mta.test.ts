import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openSmtpTransport } from '../../../src/adapters/smtp/smtp-transport.ts';
import { composeMessage } from '../../../src/deliver/compose-message.ts';
import { parseSender, type Sender } from '../../../src/deliver/sender.ts';
import { openSink, type Sink } from '../../support/smtp-sink.ts';
import { mailServers } from './mail-servers.ts';

/** The server may still hold mail of a run that was stopped; it is not ours. */
const run = randomUUID().slice(0, 24);
const file = 'examples/senders/nordlicht.yaml';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const sender: Sender = {
  ...parseSender(readFileSync(file, 'utf8'), file),
  dkim: [{ domain: 'nordlicht-energie.example', selector: 's1', privateKey }],
};
const resolver = async () => [
  [`v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`],
];

describe.for(mailServers)('through $name', (mailServer) => {
  const { canRun, refusal } = mailServer;
  let folder: string;
  let sink: Sink;
  let stop: () => Promise<void>;
  let port: number;

  beforeAll(async () => {
    if (!canRun) return;
    sink = await openSink();
    port = await freePort();
    folder = await mkdtemp(join(tmpdir(), 'dearly-mta-'));
    stop = await mailServer.start(folder, port, Number(new URL(sink.url).port));
    await vi.waitFor(() => reach(port), { timeout: 20_000, interval: 100 });
  }, 30_000);

  afterAll(async () => {
    if (!canRun) return;
    await stop();
    await sink.close();
    await rm(folder, { recursive: true });
  });

  beforeEach(({ skip }) => skip(!canRun, `${mailServer.name} is not installed here, or this is not root`));

  const message = (index: number, address: string) => {
    const addressing = {
      to: { name: `Zoë Müller ${index}`, address },
      rowId: `${run}${String(index).padStart(12, '0')}`,
      secret: Buffer.alloc(32),
      campaign: 'statement',
      lang: 'de',
      at: new Date(),
    };
    const html = `<p>Guten Tag Zoë</p>\n.\n..\nFrom here  \n${'Straße '.repeat(900)}`;
    const email = { subject: 'Ihre Abrechnung: 1.234,56 €', preheader: '', text: '.\nGuten Tag\n', html };
    return composeMessage(email, sender, { unsubscribe: 'https://mail.example.com/u/token' }, addressing);
  };

  const ours = () => sink.messages.filter(({ messageId }) => messageId.startsWith(run));

  test('every message arrives once, its signature unbroken', { timeout: 60_000 }, async () => {
    const transport = openSmtpTransport(`smtp://127.0.0.1:${port}`);
    const messages = await Promise.all(
      Array.from({ length: 20 }, (_, index) => message(index, 'zoe@example.org')),
    );
    const receipts = await Promise.all(messages.map((it) => transport.send(it)));
    await transport.close();
    expect(receipts.map(({ kind }) => kind)).toEqual(messages.map(() => 'accepted'));
    await vi.waitFor(() => expect(ours()).toHaveLength(20), { timeout: 45_000, interval: 200 });
    const arrived = ours()
      .map(({ messageId }) => messageId)
      .sort();
    expect(arrived).toEqual(messages.map(({ id }) => id).sort());
    for (const { raw } of ours()) {
      const { results } = await dkimVerify(Buffer.from(raw), { resolver });
      expect(results.map(({ status }) => status.result)).toEqual(['pass']);
    }
  });

  test('an address it has no way for is refused, the next one is not', async () => {
    const transport = openSmtpTransport(`smtp://127.0.0.1:${port}`, { maxConnections: 1 });
    const refused = await transport.send(await message(100, 'zoe@elsewhere.example'));
    const taken = await transport.send(await message(101, 'zoe@example.org'));
    await transport.close();
    expect(refused).toMatchObject(refusal);
    expect(taken).toMatchObject({ kind: 'accepted' });
    // Nothing may be left in the machine's queue.
    const arrived = () => ours().some(({ messageId }) => messageId.includes('000000000101@'));
    await vi.waitFor(() => expect(arrived()).toBe(true), { timeout: 10_000, interval: 100 });
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : 0;
}

async function reach(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'data');
  } finally {
    socket.destroy();
  }
}
