import { type AddressInfo, createServer } from 'node:net';
import type { SMTPServerOptions } from 'smtp-server';
import { expect, test, vi } from 'vitest';
import { openSmtpTransport } from '../../../src/adapters/smtp/smtp-transport.ts';
import { rawOf } from '../../support/raw-of.ts';
import { hangUp, message, read, refuse, serve } from './scripted-server.ts';

test.for([
  [rawOf(message).toString(), null],
  ['A: b\r\n\r\n.\r\n..x\r\n.\r\nMAIL FROM:<eve@example.com>\r\n', null],
  ['A: b\r\n\r\none\n.\nno end', 'A: b\r\n\r\none\r\n.\r\nno end\r\n'],
])('a message taken is accepted, byte for byte: %j', async ([raw, mended]) => {
  const { transport, got } = await serve({});
  const response = expect.stringMatching(/^250/);
  const receipt = await transport.send({ ...message, pieces: [Buffer.from(raw ?? '')] });
  expect(receipt).toMatchObject({ kind: 'accepted', response });
  expect(got).toEqual([mended ?? raw]);
});

test('many at once go over the pool', async () => {
  const { transport, got } = await serve({});
  const receipts = await Promise.all(Array.from({ length: 30 }, () => transport.send({ ...message })));
  expect(new Set(receipts.map((it) => it.kind))).toEqual(new Set(['accepted']));
  expect(got).toHaveLength(30);
});

const replies = [
  ['4xx at MAIL', { onMailFrom: (_a, _s, done) => done(refuse(451)) }, { kind: 'deferred', code: 451 }],
  [
    '5xx at MAIL',
    { onMailFrom: (_a, _s, done) => done(refuse(550)) },
    { kind: 'failed', code: 550, pause: true },
  ],
  ['4xx at RCPT', { onRcptTo: (_a, _s, done) => done(refuse(450)) }, { kind: 'deferred', code: 450 }],
  ['421 at RCPT', { onRcptTo: (_a, _s, done) => done(refuse(421)) }, { kind: 'deferred', code: 421 }],
  ['5xx at RCPT', { onRcptTo: (_a, _s, done) => done(refuse(550)) }, { kind: 'bounced', code: 550 }],
  [
    'relaying denied at RCPT: no word about the address',
    { onRcptTo: (_a, _s, done) => done(refuse(554, '5.7.1 Relay access denied')) },
    { kind: 'failed', code: 554, pause: false },
  ],
  [
    'a muddled conversation',
    { onMailFrom: (_a, _s, done) => done(refuse(503)) },
    { kind: 'deferred', code: 503 },
  ],
  [
    '4xx after DATA',
    { onData: (s, _, done) => void read(s).then(() => done(refuse(452))) },
    { kind: 'deferred', code: 452 },
  ],
  [
    '5xx after DATA',
    { onData: (s, _, done) => void read(s).then(() => done(refuse(554))) },
    { kind: 'failed', code: 554, pause: true },
  ],
  ['5xx at the door', { onConnect: (_s, done) => done(refuse(554)) }, { kind: 'deferred', code: 554 }],
] as const satisfies [string, SMTPServerOptions, object][];

test.for(replies)('%s', async ([, script, expected]) => {
  const { transport } = await serve(script);
  expect(await transport.send(message)).toMatchObject(expected);
  // The pool lives on: a refusal of one message is not the end of the connection.
  expect(await transport.send(message)).toMatchObject(expected);
});

test('a refused login fails and pauses', async () => {
  const script: SMTPServerOptions = {
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(refuse(535)),
  };
  const { transport } = await serve(script, 'user:wrong@');
  expect(await transport.send(message)).toMatchObject({ kind: 'failed', code: 535, pause: true });
});

test('a login that the server does not offer fails and pauses, before an address is blamed', async () => {
  const { transport } = await serve({ disabledCommands: ['STARTTLS', 'AUTH'] }, 'user:secret@');
  expect(await transport.send(message)).toMatchObject({ kind: 'failed', code: null, pause: true });
});

test('a connection is used again, also after a refusal, until it has carried its share', async () => {
  const sessions = new Set<string>();
  const { transport, got } = await serve(
    {
      onConnect: ({ id }, done) => {
        sessions.add(id);
        done();
      },
      onRcptTo: ({ address }, _session, done) => done(address.startsWith('gone') ? refuse(550) : null),
    },
    '',
    { maxConnections: 1, maxMessages: 4 },
  );
  const gone = { ...message, envelope: { ...message.envelope, to: 'gone@example.org' } };
  const kinds = [];
  for (const it of [message, gone, gone, message]) kinds.push((await transport.send(it)).kind);
  expect(kinds).toEqual(['accepted', 'bounced', 'bounced', 'accepted']);
  expect(sessions.size).toBe(1);
  await transport.send(message);
  expect(sessions.size).toBe(2);
  expect(got).toHaveLength(3);
});

test('421 on a connection used before keeps its code, by which a domain is slowed down', async () => {
  let seen = 0;
  const { transport } = await serve({
    onRcptTo: (_address, _session, done) => done(++seen === 2 ? refuse(421) : null),
  });
  expect(await transport.send(message)).toMatchObject({ kind: 'accepted' });
  expect(await transport.send(message)).toMatchObject({ kind: 'deferred', code: 421 });
  expect(await transport.send(message)).toMatchObject({ kind: 'accepted' });
});

test('an idle connection is given up, and the next message opens another', async () => {
  const { server, transport } = await serve({}, '', { idleTimeoutMs: 50 });
  await transport.send(message);
  await vi.waitFor(() => expect(server.connections.size).toBe(0));
  expect(await transport.send(message)).toMatchObject({ kind: 'accepted' });
});

test('a server that hung up meanwhile costs no message', async () => {
  const { server, transport, got } = await serve({});
  await transport.send(message);
  hangUp(server);
  await vi.waitFor(() => expect(server.connections.size).toBe(0));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await transport.send(message)).toMatchObject({ kind: 'accepted' });
  expect(got).toHaveLength(2);
});

test.for([
  ['STARTTLS is taken where it is offered', { disabledCommands: [] }],
  ['smtps is encrypted from the first byte', { secure: true }],
] as const)('%s, with a login inside it', async ([, way]) => {
  const secured: boolean[] = [];
  const { transport } = await serve(
    {
      ...way,
      disabledCommands: [],
      authOptional: false,
      onAuth: ({ username, password }, { secure }, done) => {
        secured.push(secure);
        done(null, username === 'user' && password === 'p@ss' ? { user: username } : {});
      },
    },
    'user:p%40ss@',
    {},
    '/?tls.rejectUnauthorized=false',
  );
  expect(await transport.send(message)).toMatchObject({ kind: 'accepted' });
  expect(secured).toEqual([true]);
});

test.for([{}, { secure: true }])('a certificate that nobody vouches for defers: %j', async (way) => {
  const { transport, got } = await serve({ ...way, disabledCommands: [] });
  expect(await transport.send(message)).toMatchObject({ kind: 'deferred', code: null });
  expect(got).toEqual([]);
});

test('requireTLS keeps a login from going out in the clear', async () => {
  const logins: unknown[] = [];
  const script: SMTPServerOptions = {
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) => done(null, { user: logins.push(auth) }),
  };
  const { transport } = await serve(script, 'user:secret@', {}, '/?requireTLS=true');
  expect(await transport.send(message)).toMatchObject({ kind: 'deferred' });
  expect(logins).toEqual([]);
});

test('nobody listens: deferred', async () => {
  const { server, transport } = await serve({});
  await new Promise<void>((resolve) => server.close(() => resolve()));
  expect(await transport.send(message)).toMatchObject({ kind: 'deferred', code: null });
});

test('lost before DATA: deferred, for nothing was handed over', async () => {
  const { server, transport } = await serve({ onRcptTo: () => hangUp(server) });
  expect(await transport.send(message)).toMatchObject({ kind: 'deferred', code: null });
});

test('lost before DATA on a connection used before: deferred, and never sent behind our back', async () => {
  let seen = 0;
  const { server, transport, got } = await serve({
    onMailFrom: (_address, _session, done) => (++seen === 1 ? done() : hangUp(server)),
  });
  expect(await transport.send(message)).toMatchObject({ kind: 'accepted' });
  expect(await transport.send(message)).toMatchObject({ kind: 'deferred' });
  expect(seen).toBe(2);
  expect(got).toHaveLength(1);
});

test('lost after the message was handed over: unknown', async () => {
  const { server, transport } = await serve({
    onData: (stream) => void read(stream).then(() => hangUp(server)),
  });
  expect(await transport.send(message)).toMatchObject({ kind: 'unknown' });
});

test('silence after the message was handed over: unknown', async () => {
  const { transport } = await serve({ onData: (stream) => stream.resume() });
  expect(await transport.send(message)).toMatchObject({ kind: 'unknown' });
});

test('closing waits for the message under way', async () => {
  const { transport, got } = await serve({});
  const sending = transport.send(message);
  await transport.close();
  expect(await sending).toMatchObject({ kind: 'accepted' });
  expect(got).toHaveLength(1);
});

test('a server that says yes before it has read gets no byte of the next message into this one', async () => {
  const heard: Promise<string>[] = [];
  const server = createServer((socket) => {
    heard.push(read(socket));
    socket.on('error', () => {});
    socket.write('220 scripted\r\n');
    socket.on('data', (chunk) => {
      const said = chunk.toString();
      if (said.endsWith('QUIT\r\n')) socket.end('221 bye\r\n');
      else if (!said.startsWith('DATA')) {
        if (/^(EHLO|MAIL|RCPT)/.test(said)) socket.write('250 ok\r\n');
      } else {
        socket.write('354 go on\r\n250 taken\r\n');
        // More of it than the sockets hold: the rest waits with us.
        socket.pause();
        setImmediate(() => socket.resume());
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const transport = openSmtpTransport(`smtp://127.0.0.1:${port}`, { maxConnections: 1 });
  try {
    for (const name of ['ada', 'eve']) {
      const body = Buffer.from(`To: ${name}\r\n\r\n${`${name}\r\n`.repeat(2_000_000)}`);
      expect(await transport.send({ ...message, pieces: [body] })).toMatchObject({ kind: 'accepted' });
    }
    await transport.close();
    const [first = '', second = ''] = await Promise.all(heard);
    expect([first.includes('eve'), second.includes('ada\r\n')]).toEqual([false, false]);
    expect([first, second].map((it) => it.length)).toEqual([expect.any(Number), first.length]);
  } finally {
    server.close();
  }
});
