import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { speechEndpoint } from '../../../src/adapters/speech/speech-endpoint.ts';
import { tone, wave } from '../../support/sound.ts';

const spoken = wave(tone(0.2, 440));
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

/** A speech endpoint on the wire; `answer` gets the number of the request, from 1 on. */
async function serve(answer: (response: ServerResponse, count: number, request: IncomingMessage) => void) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await text(request));
    asked.push({
      path: `${request.method} ${request.url}`,
      authorization: request.headers.authorization,
      body,
    });
    answer(response, asked.length, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const options = { url, key: 'sk-secret', model: 'tts-1', voice: 'nova', pauseMs: 1 };
  return { asked, options, url };
}

const live = () => new AbortController().signal;

test('asks as the API says', async () => {
  const { asked, options } = await serve((response) => response.end(spoken));
  const said = await speechEndpoint(options).speak('Hallo „Anna“ \n 😀', 'de', live());
  expect(Buffer.compare(said, spoken)).toBe(0);
  expect(asked).toEqual([
    {
      path: 'POST /v1/audio/speech',
      authorization: 'Bearer sk-secret',
      body: { model: 'tts-1', voice: 'nova', input: 'Hallo „Anna“ \n 😀', response_format: 'wav' },
    },
  ]);
});

test('tries again where it helps', async () => {
  const { asked, options } = await serve((response, count) => {
    if (count === 1) return void response.writeHead(429, { 'retry-after': '0.01' }).end();
    if (count === 2) return void response.writeHead(503).end();
    if (count === 3) return void response.destroy();
    response.end(spoken);
  });
  await speechEndpoint(options).speak('Hallo', 'de', live());
  expect(asked).toHaveLength(4);
});

test.each([
  [503, 4, 'speech-unavailable'],
  [401, 1, 'speech-refused'],
  [400, 1, 'speech-refused'],
] as const)('gives up on %i after %i', async (status, times, code) => {
  const { asked, options } = await serve((response) => response.writeHead(status).end('Hallo sk-secret'));
  const saying = speechEndpoint(options).speak('Geheim', 'de', live());
  await expect(saying).rejects.toMatchObject({ code, message: `The speech endpoint answered ${status}.` });
  expect(asked).toHaveLength(times);
});

test('does not wait for hours because a server says so', async () => {
  const { asked, options } = await serve((response) =>
    response.writeHead(429, { 'retry-after': '7200' }).end(),
  );
  await expect(speechEndpoint(options).speak('Hallo', 'de', live())).rejects.toMatchObject({
    retry: 'later',
  });
  expect(asked).toHaveLength(1);
});

test('takes WAV alone, and not without end', async () => {
  const page = await serve((response) =>
    response.end('<p>Welcome, you are through to a page of more than forty bytes</p>'),
  );
  await expect(speechEndpoint(page.options).speak('Hallo', 'de', live())).rejects.toMatchObject({
    code: 'speech-refused',
  });
  const long = await serve((response) => {
    response.on('error', () => {});
    const pour = () => {
      while (!response.destroyed && response.write(spoken)) {}
    };
    response.on('drain', pour);
    pour();
  });
  const limited = speechEndpoint({ ...long.options, limitBytes: 1_000_000 });
  await expect(limited.speak('Hallo', 'de', live())).rejects.toMatchObject({
    code: 'speech-refused',
    message: 'The speech endpoint sent more than 1000000 bytes.',
  });
});

test('does not follow to another place', async () => {
  const other = await serve((response) => response.end(spoken));
  const { options } = await serve((response) =>
    response.writeHead(307, { location: `${other.url}/audio/speech` }).end(),
  );
  await expect(speechEndpoint(options).speak('Hallo', 'de', live())).rejects.toMatchObject({
    retry: 'later',
  });
  expect(other.asked).toEqual([]);
});

test('has a time-out', async () => {
  const { asked, options } = await serve(() => {});
  const saying = speechEndpoint({ ...options, timeoutMs: 50 }).speak('Hallo', 'de', live());
  await expect(saying).rejects.toMatchObject({
    code: 'speech-unavailable',
    message: 'The speech endpoint took longer than 50 ms.',
  });
  expect(asked).toHaveLength(4);
});

test('ends when it is not wanted any more, also between two tries', async () => {
  const end = new AbortController();
  const silent = await serve(() => end.abort(new Error('enough')));
  await expect(speechEndpoint(silent.options).speak('Hallo', 'de', end.signal)).rejects.toThrow('enough');
  const again = new AbortController();
  const busy = await serve((response) => {
    response.writeHead(503).end();
    setImmediate(() => again.abort(new Error('enough')));
  });
  const resting = speechEndpoint({ ...busy.options, pauseMs: 60_000 }).speak('Hallo', 'de', again.signal);
  await expect(resting).rejects.toThrow();
  expect(busy.asked).toHaveLength(1);
});

test('another voice is another engine; the key is not part of it', () => {
  const options = { url: 'https://speech.example/v1', key: 'sk-secret', model: 'm', voice: 'v' };
  expect(speechEndpoint(options).id).not.toContain('sk-secret');
  expect(speechEndpoint({ ...options, voice: 'w' }).id).not.toBe(speechEndpoint(options).id);
});
