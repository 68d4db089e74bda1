import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach } from 'vitest';
import { openSmtpTransport, type SmtpOptions } from '../../../src/adapters/smtp/smtp-transport.ts';
import type { Message } from '../../../src/deliver/compose-message.ts';
import type { Transport } from '../../../src/deliver/transport.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A real SMTP server that says what the test wants, and a transport to it; both end with the test. */
export async function serve(
  options: SMTPServerOptions,
  login = '',
  limits: SmtpOptions = {},
  query = '',
): Promise<{ server: SMTPServer; transport: Transport; got: string[] }> {
  const got: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, _session, done) {
      read(stream).then((text) => {
        got.push(text);
        done(null);
      });
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const transport = openSmtpTransport(
    `${options.secure ? 'smtps' : 'smtp'}://${login}127.0.0.1:${port}${query}`,
    {
      connectTimeoutMs: 2000,
      silenceTimeoutMs: 1500,
      ...limits,
    },
  );
  closers.push(
    () => new Promise<void>((resolve) => server.close(() => resolve())),
    () => transport.close(),
  );
  return { server, transport, got };
}

export async function read(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}

export const message: Message = {
  id: 'one@example.com',
  envelope: { from: 'service@example.com', to: 'ada@example.org' },
  pieces: [
    Buffer.from('From: service@example.com\r\nTo: ada@example.org\r\nSubject: One\r\n\r\n'),
    Buffer.from('Hello\r\n'),
  ],
};

export const refuse = (responseCode: number, text = 'scripted') =>
  Object.assign(new Error(text), { responseCode });
export const hangUp = (server: SMTPServer) => {
  for (const connection of server.connections) connection._socket.destroy();
};
