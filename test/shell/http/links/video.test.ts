import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseRange } from '../../../../src/shell/http/links/parse-range.ts';
import { browser, type House, openHouse } from '../open-house.ts';

const bytes = randomBytes(300_000);
let house: House;
let url: string;
let path: string;
let snapshotId: string;

beforeAll(async () => {
  house = await openHouse();
  // A real socket: ranges and HEAD are about bytes on a wire.
  url = await house.app.listen({ host: '127.0.0.1', port: 0 });
  await house.wire.store.put('video/test.mp4', bytes, 'video/mp4');
  await house.wire.store.put('poster/test.jpg', bytes.subarray(0, 5000), 'image/jpeg');
});
afterAll(() => house.close());
beforeEach(async () => {
  const { links, snapshot } = await house.links(await house.person({ locale: 'de-DE' }));
  path = links.video;
  snapshotId = snapshot.id;
  house.video.requests = 0;
  house.video.state = { state: 'absent' };
});

const ask = (headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${url}${path}`, { method, headers: { ...browser, accept: '*/*', ...headers } });
const ready = () => {
  house.video.state = { state: 'ready', key: 'video/test.mp4', sizeBytes: bytes.length };
};
const making = () => {
  house.video.state = { state: 'making', key: 'video/test.mp4', progress: 0.4, retryAfterSeconds: 5 };
};

describe('while it is made', () => {
  test('a program gets 202, Retry-After and the state', async () => {
    making();
    const answer = await ask();
    expect(answer.status).toBe(202);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(await answer.json()).toEqual({
      state: 'making',
      progress: 0.4,
      retryAfterSeconds: 5,
    });
    expect(house.video.requests).toBe(1);
  });

  test('a person gets a page that looks again by itself', async () => {
    making();
    const answer = await ask({ accept: 'text/html' });
    expect(answer.status).toBe(202);
    const page = await answer.text();
    expect(page).toContain('<meta http-equiv="refresh" content="5">');
    expect(page).toContain('<progress max="100" value="40"');
    expect(page).toContain('Dein Film wird gezeichnet');
  });

  test.for([
    ['HEAD', {}, 'HEAD'],
    ['a scanner', { 'user-agent': 'Barracuda Sentinel (EE)' }, 'GET'],
    ['a prefetch', { 'sec-purpose': 'prefetch' }, 'GET'],
    ['a program without a key', { 'user-agent': 'curl/8.14.1' }, 'GET'],
    ['a program with a wrong key', { 'user-agent': 'curl/8.14.1', authorization: 'Bearer dearly_x' }, 'GET'],
  ] as const)('%s starts nothing', async ([, headers, method]) => {
    const answer = await ask(headers, method);
    expect(answer.status).toBe(202);
    expect(house.video.requests).toBe(0);
  });

  test('a program with a key may ask', async () => {
    await ask({ 'user-agent': 'curl/8.14.1', ...(await house.key('renders')) });
    expect(house.video.requests).toBe(1);
  });

  test('one that could not be made says so', async () => {
    house.video.state = { state: 'failed', reason: 'x', retryAfterSeconds: 42 };
    const answer = await ask({ accept: 'text/html' });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('42');
    expect(await answer.text()).not.toContain('>x<');
    expect(house.video.requests).toBe(0);
  });

  test('one that failed a while ago is begun anew', async () => {
    house.video.state = { state: 'failed', reason: 'x', retryAfterSeconds: 0 };
    await ask();
    expect(house.video.requests).toBe(1);
  });
});

describe('when it is there', () => {
  beforeEach(ready);

  test('all of it, and what it is', async () => {
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': '300000',
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-store',
    });
    expect(await house.events(snapshotId)).toMatchObject([{ kind: 'download', machine: false }]);
  });

  test('HEAD tells the size and counts as a machine', async () => {
    const answer = await ask({}, 'HEAD');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-length')).toBe('300000');
    expect(await answer.text()).toBe('');
    expect(await house.events(snapshotId)).toMatchObject([{ machine: true }]);
  });

  test.for([
    ['bytes=0-99', 0, 99],
    ['bytes=100-', 100, 299_999],
    ['bytes=-100', 299_900, 299_999],
    ['bytes=299999-999999', 299_999, 299_999],
  ] as const)('%s', async ([range, start, end]) => {
    const answer = await ask({ range });
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end}/300000`);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes.subarray(start, end + 1))).toBe(true);
  });

  test('a range beyond the end', async () => {
    const answer = await ask({ range: 'bytes=300000-' });
    expect(answer.status).toBe(416);
    expect(answer.headers.get('content-range')).toBe('bytes */300000');
  });

  test('who has it gets nothing again; a range of another version gets all of it', async () => {
    const etag = (await ask({}, 'HEAD')).headers.get('etag') ?? '';
    expect((await ask({ 'if-none-match': etag })).status).toBe(304);
    expect((await ask({ range: 'bytes=0-9', 'if-range': etag })).status).toBe(206);
    expect((await ask({ range: 'bytes=0-9', 'if-range': '"other"' })).status).toBe(200);
  });

  test('a seeking player counts once', async () => {
    for (const range of ['bytes=0-', 'bytes=200000-', 'bytes=100000-'])
      await (await ask({ range })).arrayBuffer();
    expect(await house.events(snapshotId)).toHaveLength(1);
  });
});

describe('formats', () => {
  const inFormat = (format: string, link = path) =>
    fetch(`${url}${link}?format=${format}`, { headers: browser });

  test('the one in the address is asked for; without one the composition’s first', async () => {
    making();
    expect((await inFormat('9:16')).status).toBe(202);
    expect(house.video.format).toBe('9:16');
    await ask();
    expect(house.video.format).toBe('16:9');
  });

  test('one that the film does not have is an address where nothing stands', async () => {
    for (const format of ['4:3', '', '../x', '16:9&format=9:16'])
      expect([format, (await inFormat(format)).status]).toEqual([format, format.includes('&') ? 400 : 404]);
    expect(house.video.requests).toBe(0);
  });
});

test('the poster may be shown in a mail program, and kept', async () => {
  const { links } = await house.links(await house.person());
  const answer = await fetch(`${url}${links.poster}`, { headers: browser });
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-length': '5000',
    'cross-origin-resource-policy': 'cross-origin',
  });
  for (const [name, status, type] of [
    ['poster.webp', 200, 'image/webp'],
    ['teaser.gif', 200, 'image/gif'],
    ['other.jpg', 404, null],
    // For those who make films, not for those who get them.
    ['sheet.webp', 404, null],
  ] as const) {
    const other = await fetch(`${url}${links.poster.replace('poster.jpg', name)}`, { headers: browser });
    expect([name, other.status]).toEqual([name, status]);
    if (type !== null) expect(other.headers.get('content-type')).toBe(type);
  }
});

test.for([
  [undefined, null],
  ['', null],
  ['bytes=', null],
  ['bytes=-', null],
  ['bytes=5-2', null],
  ['bytes=0-1,3-4', null],
  ['items=0-1', null],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=-99', { start: 0, end: 9 }],
  ['bytes=9-9', { start: 9, end: 9 }],
] as const)('a range of ten bytes: %s', ([header, expected]) => {
  expect(parseRange(header, 10)).toEqual(expected);
});
