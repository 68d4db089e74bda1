import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assertWebhookUrl, createPostWebhook } from '../../../src/adapters/fetch/post-webhook.ts';
import { certificate, openTlsServer, type TlsServer } from '../../support/tls-server.ts';

let secure: TlsServer;
const plain = createServer((request, response) =>
  response.writeHead(request.url === '/no' ? 500 : 200).end('x'),
);
let plainUrl: string;
let asked = 0;

beforeAll(async () => {
  secure = await openTlsServer((request, response) => {
    asked++;
    request.resume().on('end', () => response.writeHead(200).end('ok'));
  });
  await new Promise<void>((done) => plain.listen(0, '127.0.0.1', done));
  plainUrl = `http://127.0.0.1:${(plain.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await secure.close();
  plain.close();
});

const message = { headers: { 'webhook-id': 'msg_1' }, body: '{}' };

test('only public https addresses are told, wherever a name leads', async () => {
  const resolve = async (name: string) => (name === 'inside.example' ? ['93.184.215.14', '10.0.0.1'] : []);
  const post = createPostWebhook({ isLocalAllowed: false, resolve });
  const errors = await Promise.all(
    [
      `https://127.0.0.1:${secure.port}/`,
      plainUrl,
      'https://169.254.169.254/latest/meta-data',
      'https://[::ffff:10.0.0.1]/',
      'https://0x7f.1/',
      'https://inside.example/',
      'https://nowhere.example/',
    ].map(async (url) => (await post(url, message)).error),
  );
  expect(errors).toEqual([...Array(6).fill('refused: it is no public address'), 'its name leads nowhere']);
  expect(asked).toBe(0);
});

test('with DEARLY_WEBHOOKS_LOCAL this machine is told, too, and nothing else inside', async () => {
  const post = createPostWebhook({ isLocalAllowed: true, ca: certificate });
  expect(await post(plainUrl, message)).toMatchObject({ status: 200, error: null });
  expect(await post(`${plainUrl}/no`, message)).toMatchObject({ status: 500, error: 'it answers 500' });
  const strict = createPostWebhook({ isLocalAllowed: true });
  const unknown = await strict(`https://127.0.0.1:${secure.port}/`, message);
  expect(unknown).toMatchObject({ status: null, error: expect.stringMatching(/CERT|ALTNAME/) });
  const lan = createPostWebhook({ isLocalAllowed: true, resolve: async () => ['192.168.0.7'] });
  expect((await lan('http://printer.example/', message)).error).toBe('refused: it is no public address');
  const outside = createPostWebhook({ isLocalAllowed: true, resolve: async () => ['93.184.215.14'] });
  expect((await outside('http://crm.example/', message)).error).toBe('refused: it is no public address');
});

test('an address that could never be told is refused when it is added', () => {
  const errorOf = (url: string, isLocalAllowed = false) => {
    try {
      assertWebhookUrl(url, { isLocalAllowed });
      return null;
    } catch (error) {
      return (error as { details: string[] }).details[0];
    }
  };
  expect(errorOf('https://crm.example:8443/dearly?a=1')).toBeNull();
  expect(errorOf('http://127.0.0.1:4000/', true)).toBeNull();
  expect(errorOf('http://127.0.0.1:4000/')).toMatch(/expected https/);
  expect(errorOf('ftp://crm.example/', true)).toMatch(/expected https/);
  expect(errorOf('https://me:pass@crm.example/')).toMatch(/no login/);
  expect(errorOf('https://crm.example/\x1b[2J')).toMatch(/expected an address/);
  expect(errorOf('crm')).toMatch(/expected an address/);
  expect(errorOf(`https://crm.example/${'x'.repeat(2000)}`)).toMatch(/2000/);
});
