import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createGuardedFetch,
  type FetchOptions,
  guardedFetch,
} from '../../../src/adapters/fetch/guarded-fetch.ts';
import { DearlyError } from '../../../src/errors.ts';
import { certificate, openTlsServer, type TlsServer } from '../../support/tls-server.ts';

const megabyte = 1024 * 1024;
const picture = await sharp({ create: { width: 8, height: 6, channels: 3, background: '#2a6' } })
  .png()
  .toBuffer();

let server: TlsServer;
let other: TlsServer;
const asked: { readonly path: string; readonly host: string | undefined }[] = [];

beforeAll(async () => {
  other = await openTlsServer((_, response) => response.end(picture));
  server = await openTlsServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'https://here');
    asked.push({ path: request.url ?? '', host: request.headers.host });
    const type = searchParams.get('type');
    if (type) response.setHeader('content-type', type);
    if (pathname === '/picture') return response.end(picture);
    if (pathname === '/to')
      return response.writeHead(302, { location: searchParams.get('url') ?? '' }).end('x'.repeat(1000));
    if (pathname === '/around') {
      const left = Number(searchParams.get('left'));
      if (left === 0) return response.end(picture);
      return response.writeHead(307, { location: `/around?left=${left - 1}` }).end();
    }
    if (pathname === '/status') return response.writeHead(Number(searchParams.get('code'))).end(picture);
    if (pathname === '/claims')
      return response.writeHead(200, { 'content-length': 50 * megabyte }).write(picture);
    if (pathname === '/flood') {
      response.write(picture);
      const block = Buffer.alloc(megabyte);
      const pour = () => {
        if (response.destroyed) return;
        response.write(block, () => setImmediate(pour));
      };
      return pour();
    }
    if (pathname === '/drip') {
      response.write(picture);
      const drop = setInterval(() => response.write('.'), 50);
      return response.on('close', () => clearInterval(drop));
    }
    if (pathname === '/cut') {
      response.writeHead(200, { 'content-length': 5000 }).write(picture);
      return setImmediate(() => response.destroy());
    }
    if (pathname === '/bomb') {
      response.setHeader('content-encoding', 'gzip');
      return response.end(gzipSync(Buffer.concat([picture, Buffer.alloc(40 * megabyte)])));
    }
    if (pathname === '/silent') return;
    if (pathname === '/text') return response.end(searchParams.get('text'));
    if (pathname === '/bytes') return response.end(Buffer.from(searchParams.get('hex') ?? '', 'hex'));
    return response.writeHead(404).end();
  });
});
afterAll(async () => {
  await server.close();
  await other.close();
});

const names: Readonly<Record<string, readonly string[]>> = {
  'pictures.example': ['127.0.0.1'],
  'elsewhere.example': ['127.0.0.1'],
  'intranet.example': ['10.0.0.7'],
  'half.example': ['127.0.0.1', '10.0.0.7'],
  'nowhere.example': [],
};

/** As shipped, but that loopback counts as public: no test reaches further. */
function fetchWith(options: FetchOptions = {}) {
  return createGuardedFetch({
    isAllowed: (address) => address === '127.0.0.1',
    resolve: async (name) =>
      names[name] ?? Promise.reject(Object.assign(new Error(name), { code: 'ENOTFOUND' })),
    ports: ['', server.port, other.port],
    ca: certificate,
    ...options,
  });
}
const at = (path: string, host = 'pictures.example') => `https://${host}:${server.port}${path}`;

async function faultOf(work: Promise<unknown>): Promise<DearlyError> {
  const fault = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(fault instanceof DearlyError)) throw new Error(`no fault but ${String(fault)}`);
  return fault;
}

test('what is behind an address comes as it is, with the type that the bytes show', async () => {
  const got = await fetchWith()(at('/picture?type=text/html'));
  expect(got.type).toBe('image/png');
  expect(Buffer.from(got.bytes).equals(picture)).toBe(true);
  expect(asked.at(-1)?.host).toBe(`pictures.example:${server.port}`);
});

test('as shipped, loopback and private networks are closed in every spelling', async () => {
  const before = server.connections();
  const spellings = [
    ...[
      '127.0.0.1',
      '127.0.0.1.',
      '127.1',
      '2130706433',
      '0x7f000001',
      '0x7f.1',
      '0177.0.0.1',
      '017700000001',
    ],
    ...[
      '0',
      '0.0.0.0',
      '１２７.0.0.1',
      '127。0。0。1',
      '[::1]',
      '[::]',
      '[::ffff:127.0.0.1]',
      '[::127.0.0.1]',
    ],
    ...[
      '[0:0:0:0:0:ffff:7f00:1]',
      '[64:ff9b::7f00:1]',
      '[2002:7f00:1::]',
      '[fe80::1]',
      '[fc00::1]',
      'localhost',
    ],
    ...['10.0.0.1', '169.254.169.254', '192.168.0.1', '172.16.0.1', '100.64.0.1', '%31%32%37.0.0.1'],
  ];
  const open = createGuardedFetch({ ports: ['', server.port], ca: certificate });
  for (const host of spellings) {
    const fault = await faultOf(open(at('/picture', host)));
    expect([host, fault.code, fault.message]).toEqual([
      host,
      'asset-refused',
      expect.stringContaining('it is no public address'),
    ]);
  }
  expect(server.connections()).toBe(before);
});

test.each([
  ['http://pictures.example/a.png', 'only https'],
  ['ftp://pictures.example/a.png', 'only https'],
  ['file:///etc/passwd', 'only https'],
  ['data:image/png;base64,AAAA', 'only https'],
  ['javascript:alert(1)', 'only https'],
  ['blob:https://pictures.example/1', 'only https'],
  ['//pictures.example/a.png', 'no web address'],
  ['/a.png', 'no web address'],
  ['', 'no web address'],
  ['https://', 'no web address'],
  ['https://[::1', 'no web address'],
  [`https://pictures.example/${'a'.repeat(3000)}`, 'no web address'],
  ['https://anna:secret@pictures.example/a.png', 'a login'],
  ['https://anna@pictures.example/a.png', 'a login'],
  ['https://pictures.example:8443/a.png', 'the usual port'],
  ['https://pictures.example:22/a.png', 'the usual port'],
])('%s is refused', async (address, reason) => {
  const fault = await faultOf(guardedFetch(address));
  expect(fault).toMatchObject({ code: 'asset-refused', retry: 'never' });
  expect(fault.message).toContain(reason);
  expect(fault.message).not.toMatch(/secret|a\.png|passwd/);
});

test('a name with one address that is not public is refused whole', async () => {
  for (const host of ['intranet.example', 'half.example']) {
    expect(await faultOf(fetchWith()(at('/picture', host)))).toMatchObject({ code: 'asset-refused' });
  }
});

test('a name that is not there may be there later', async () => {
  for (const host of ['unknown.example', 'nowhere.example']) {
    const fault = await faultOf(fetchWith()(at('/picture?who=anna', host)));
    expect(fault).toMatchObject({ code: 'asset-unavailable', retry: 'later' });
    expect(fault.message).toContain(host);
    expect(fault.message).not.toContain('anna');
  }
});

test('the connection goes where the check looked, whatever the name says a moment later', async () => {
  let lookups = 0;
  const resolve = async () => (lookups++ === 0 ? ['127.0.0.1'] : ['10.0.0.7']);
  const got = await fetchWith({ resolve })(at('/picture', 'rebinding.example'));
  expect([got.type, lookups]).toEqual(['image/png', 1]);
});

test('a certificate for another name, or of nobody we trust, ends it', async () => {
  const resolve = async () => ['127.0.0.1'];
  expect(await faultOf(fetchWith({ resolve })(at('/picture', 'stranger.example')))).toMatchObject({
    code: 'asset-unavailable',
    message: expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID'),
  });
  const { ca: _, ...rest } = { ca: certificate };
  const strict = createGuardedFetch({ isAllowed: () => true, resolve, ports: [server.port], ...rest });
  expect(await faultOf(strict(at('/picture')))).toMatchObject({ code: 'asset-unavailable' });
});

test('three redirects are followed, a fourth is not', async () => {
  expect((await fetchWith()(at('/around?left=3'))).type).toBe('image/png');
  const fault = await faultOf(fetchWith()(at('/around?left=4')));
  expect(fault).toMatchObject({ code: 'asset-refused', message: expect.stringContaining('more than 3') });
});

test('each redirect is checked like the first address', async () => {
  const to = (url: string) => fetchWith()(at(`/to?url=${encodeURIComponent(url)}`));
  expect((await to(`https://elsewhere.example:${other.port}/`)).type).toBe('image/png');
  const before = other.connections();
  for (const url of [
    'http://pictures.example/',
    `https://anna:secret@elsewhere.example:${other.port}/`,
    `https://[::1]:${other.port}/`,
    `https://[::ffff:127.0.0.1]:${other.port}/`,
    `https://10.0.0.7:${other.port}/`,
    'https://169.254.169.254/latest/meta-data/',
    `https://intranet.example:${other.port}/`,
    'https://pictures.example:22/',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'https://[',
  ]) {
    expect([url, (await faultOf(to(url))).code]).toEqual([url, 'asset-refused']);
  }
  expect(other.connections()).toBe(before);
});

test('ten megabytes and no more, whether announced or not', async () => {
  for (const path of ['/claims', '/flood']) {
    const fault = await faultOf(fetchWith()(at(path)));
    expect(fault).toMatchObject({ code: 'asset-refused', message: expect.stringContaining('10 MB') });
  }
});

test('what is packed though we ask for it plain is not unpacked', async () => {
  const fault = await faultOf(fetchWith()(at('/bomb')));
  expect(fault).toMatchObject({ code: 'asset-refused', message: expect.stringContaining('packed') });
});

test('drips, silence and slow names end with the clock, for all steps together', async () => {
  const slow = { limitMs: 300 };
  const never = { ...slow, resolve: () => new Promise<string[]>(() => {}) };
  for (const work of [
    () => fetchWith(slow)(at('/drip')),
    () => fetchWith(slow)(at('/silent')),
    () => fetchWith(never)(at('/picture')),
  ]) {
    expect(await faultOf(work())).toMatchObject({
      code: 'asset-unavailable',
      retry: 'later',
      message: expect.stringContaining('longer than 0.3 s'),
    });
  }
});

test('a body that breaks off, and a server that says no, may be better later', async () => {
  for (const path of [
    '/cut',
    '/status?code=404',
    '/status?code=500',
    '/status?code=204',
    '/status?code=206',
  ]) {
    expect([path, (await faultOf(fetchWith()(at(path)))).code]).toEqual([path, 'asset-unavailable']);
  }
});

test('whoever calls it off hears the own reason', async () => {
  const stop = new AbortController();
  const work = fetchWith()(at('/silent'), { signal: stop.signal });
  stop.abort(new Error('enough'));
  await expect(work).rejects.toThrow('enough');
  await expect(fetchWith()(at('/picture'), { signal: stop.signal })).rejects.toThrow('enough');
});

test.each([
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://127.0.0.1/"/></svg>'],
  ['SVG after white space', '\n\n <?xml version="1.0"?><svg/>'],
  ['HTML', '<!doctype html><script>fetch("https://127.0.0.1/")</script>'],
  ['a script', 'alert(1)'],
  ['nothing', ''],
  ['nearly a GIF', 'GIF88a<script>'],
  ['a playlist', '#EXTM3U\nhttps://127.0.0.1/a.ts'],
])('%s is refused, also when it is called a PNG', async (_, text) => {
  const work = fetchWith()(at(`/text?type=image/png&text=${encodeURIComponent(text)}`));
  expect(await faultOf(work)).toMatchObject({
    code: 'asset-refused',
    message: expect.stringContaining('neither'),
  });
});

test.each([
  ['image/jpeg', 'ffd8ffe000104a464946'],
  ['image/gif', '4749463839610100'],
  ['image/webp', '524946461a000000574542505650384c'],
  ['image/avif', '0000001c667479706d6966310000000061766966'],
  ['audio/mpeg', '4944330300000000'],
  ['audio/mpeg', 'fffb90640000'],
  ['audio/aac', 'fff15080'],
  ['audio/mp4', '00000018667479704d344120000000006d703432'],
  ['audio/wav', '52494646240000005741564566'],
  ['audio/ogg', '4f67675300'],
  ['audio/flac', '664c614300'],
])('%s is known by how it begins', async (type, hex) => {
  expect((await fetchWith()(at(`/bytes?hex=${hex}`))).type).toBe(type);
});

test.each([
  ['a PDF', '255044462d312e37'],
  ['an MP4', '00000018667479706d70343200000000'],
  ['a HEIC', '00000018667479706865696300000000'],
  ['UTF-16', 'fffe3c00'],
  ['an icon', '0000010001001010'],
  ['a TIFF', '49492a0008000000'],
  ['a zip', '504b0304'],
])('%s is not taken', async (_, hex) => {
  expect((await faultOf(fetchWith()(at(`/bytes?hex=${hex}`)))).code).toBe('asset-refused');
});
