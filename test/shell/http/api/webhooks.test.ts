import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, openHouse } from '../open-house.ts';

let house: House;
let key: { authorization: string };
beforeAll(async () => {
  house = await openHouse();
  key = await house.key('webhooks');
});
afterAll(() => house.close());

const call = (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object, headers = {}) =>
  house.app.inject({
    method,
    url: `/v1/webhooks${path}`,
    headers: { ...key, ...headers },
    ...(payload && { payload }),
  });
const url = 'https://crm.example/dearly';

test('an endpoint is added once per key, with its secret, listed without, rotated and removed', async () => {
  const once = { 'idempotency-key': randomUUID() };
  const added = await call('POST', '', { url, types: ['message.accepted'] }, once);
  expect(added.statusCode).toBe(201);
  const { id, secret } = added.json();
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect((await call('POST', '', { url, types: ['message.accepted'] }, once)).json()).toEqual(added.json());
  expect((await call('POST', '', { url, types: ['*'] }, once)).statusCode).toBe(409);
  const kept = await house.wire.db.selectFrom('idempotency').select('body').execute();
  expect(JSON.stringify(kept)).not.toContain('whsec_');

  const listed = await call('GET', '');
  expect(listed.json()).toMatchObject([{ id, url, types: ['message.accepted'], disabledAt: null }]);
  expect(listed.body).not.toContain('whsec_');
  expect(listed.headers['cache-control']).toBe('private, no-store');

  const again = { 'idempotency-key': randomUUID() };
  const rotated = await call('POST', `/${id}/rotate`, undefined, again);
  expect(rotated.json().secret).not.toBe(secret);
  expect((await call('POST', `/${id}/rotate`, undefined, again)).json()).toEqual(rotated.json());

  expect((await call('DELETE', `/${id}`)).statusCode).toBe(204);
  const gone = await call('GET', `/${id}/deliveries`);
  expect([gone.statusCode, gone.json().code]).toEqual([404, 'webhook-missing']);
});

test('its log is read by pages, and told once more', async () => {
  const { id } = (await call('POST', '', { url })).json();
  const told: string[] = [];
  for (let at = 0; at < 3; at++) {
    const answer = await call('POST', `/${id}/test`);
    expect(answer.statusCode).toBe(202);
    told.push(answer.json().id);
  }
  const first = (await call('GET', `/${id}/deliveries?limit=2`)).json();
  expect(first.map((it: { id: string }) => it.id)).toEqual([told[2], told[1]]);
  expect(first[0]).toMatchObject({ type: 'webhook.test', state: 'pending', attempts: 0 });
  const rest = (await call('GET', `/${id}/deliveries?limit=2&before=${told[1]}`)).json();
  expect(rest.map((it: { id: string }) => it.id)).toEqual([told[0]]);
  expect((await call('GET', `/${id}/deliveries?state=failed`)).json()).toEqual([]);
  expect((await call('POST', `/${id}/deliveries/${told[0]}/redeliver`)).statusCode).toBe(202);
  expect((await call('POST', `/${id}/deliveries/redeliver`)).json()).toEqual({ count: 0 });
  const { id: other } = (await call('POST', '', { url })).json();
  expect((await call('POST', `/${other}/deliveries/${told[0]}/redeliver`)).statusCode).toBe(404);
});

test('who may not, and what does not fit, is refused', async () => {
  for (const path of ['', `/${randomUUID()}/deliveries`]) {
    expect((await house.app.inject({ url: `/v1/webhooks${path}` })).statusCode).toBe(401);
    const other = await house.app.inject({
      url: `/v1/webhooks${path}`,
      headers: await house.key('triggers'),
    });
    expect(other.statusCode).toBe(403);
  }
  for (const body of [
    { url: 'http://127.0.0.1:9/' },
    { url, types: ['message.read'] },
    { url, types: [] },
    {},
  ]) {
    const answer = await call('POST', '', body);
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'request-invalid']);
  }
});
