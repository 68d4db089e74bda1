import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findSuppressions } from '../../../../src/adapters/postgres/find-suppressions.ts';
import { openAddressKey, sealAnew, secretStanding } from '../../../../src/adapters/postgres/house-keys.ts';
import { addEndpoint, endpointSecret } from '../../../../src/adapters/postgres/webhooks/endpoints.ts';
import { bounceAddressOf, readBounceAddress } from '../../../../src/deliver/bounce-address.ts';
import { buildServer } from '../../../../src/shell/http/server.ts';
import { forgetPreviousSecret, readSecrets, replaceKeptSecret } from '../../../../src/shell/secret.ts';
import { makeLinks } from '../../../../src/track/make-links.ts';
import { browser, type House, openHouse } from '../open-house.ts';

let house: House;
let app: FastifyInstance;

/** The server as it is after a restart: the secrets are read anew. */
async function restart(): Promise<void> {
  await app?.close();
  const secrets = await readSecrets(house.wire.config);
  const addressKey = await openAddressKey(house.wire.db, secrets);
  app = await buildServer({ ...house.parts, secret: secrets[0], secrets, addressKey });
}
const get = async (url: string) => (await app.inject({ url, headers: browser })).statusCode;

beforeAll(async () => {
  house = await openHouse();
  await restart();
});
afterAll(async () => {
  await app.close();
  await house.close();
});

test('links, bounces, webhooks and suppressions outlive the secret that made them', async () => {
  const { wire } = house;
  const { db, config } = wire;
  const person = await house.person({ email: 'zenobia@kunde.example' });
  const { links, snapshot } = await house.links(person);
  const bounce = bounceAddressOf(wire.secret, person.id, 'bounce.example');
  const endpoint = await addEndpoint(db, wire.secret, { url: 'https://crm.example/x', types: ['*'] });
  const shared = await endpointSecret(db, wire.secrets, endpoint.id, new Date());
  expect((await app.inject({ method: 'POST', url: links.unsubscribe })).statusCode).toBe(200);

  await replaceKeptSecret(config.dataDir);
  // One that runs on understands the new one, too.
  const newest = makeLinks((await readSecrets(config))[0], snapshot, { api: '', site: '' });
  const running = await buildServer(house.parts);
  const asked = async () => (await running.inject({ url: newest.site, headers: browser })).statusCode;
  await expect.poll(asked, { timeout: 30_000 }).toBe(200);
  await running.close();
  await restart();
  const both = await readSecrets(config);
  expect(both[1]).toEqual(wire.secret);
  expect((await secretStanding(db, both, new Date())).sealedAnew).toBe(false);
  expect(await sealAnew(db, both)).toBe(2);
  expect(await sealAnew(db, both)).toBe(0);
  const standing = await secretStanding(db, both, new Date());
  expect(standing).toMatchObject({ sealedAnew: true, olderLinks: 1 });

  const fresh = makeLinks(both[0], snapshot, { api: '', site: '' });
  expect(fresh.site).not.toBe(links.site);
  expect([await get(links.site), await get(fresh.site)]).toEqual([200, 200]);
  const forged = makeLinks(randomBytes(32), snapshot, { api: '', site: '' });
  expect(await get(forged.site)).toBe(404);
  expect(readBounceAddress(both, bounce)).toBe(person.id);
  expect(await endpointSecret(db, [both[0]], endpoint.id, new Date())).toBe(shared);

  // The one before is over: what it signed is, too. Who said no has still said no.
  await forgetPreviousSecret(config.dataDir);
  await restart();
  const one = await readSecrets(config);
  expect(one).toHaveLength(1);
  expect([await get(links.site), await get(fresh.site)]).toEqual([404, 200]);
  const key = await openAddressKey(db, one);
  const said = await findSuppressions(db, key, ['zenobia@kunde.example']);
  expect(said.get('zenobia@kunde.example')).toEqual(['service']);
  // A house whose secret nobody knows must not start: it would write to all of them.
  await expect(openAddressKey(db, [randomBytes(32)])).rejects.toMatchObject({ code: 'secret-unreadable' });
});

test('links end and live on at a word', async () => {
  const headers = await house.key('campaigns');
  const person = await house.person();
  const one = await house.links(person);
  const other = await house.links(person);
  const [secret] = await readSecrets(house.wire.config);
  const [site, pixel, elsewhere] = [one.snapshot, one.snapshot, other.snapshot].map(
    (it) => makeLinks(secret, it, { api: '', site: 'https://mail.example' }).site,
  ) as [string, string, string];
  const path = (url: string) => new URL(url).pathname;
  const post = (url: string, payload: object) => app.inject({ method: 'POST', url, headers, payload });
  const list = async () =>
    (await app.inject({ url: `/v1/links?profile=${person.externalId}`, headers })).json();

  const until = new Date(Date.now() + 86_400_000).toISOString();
  expect((await post('/v1/links/extend', { profile: person.externalId, until })).json()).toEqual({
    changed: 2,
  });
  expect((await post('/v1/links/extend', { profile: person.externalId, until })).json()).toEqual({
    changed: 0,
  });
  expect((await list()).links.map((it: { expiresAt: string }) => it.expiresAt)).toEqual([until, until]);

  expect((await post('/v1/links/revoke', { link: site })).json()).toEqual({ changed: 1 });
  expect((await post('/v1/links/revoke', { snapshot: one.snapshot.id })).json()).toEqual({ changed: 0 });
  expect([await get(path(pixel)), await get(path(elsewhere))]).toEqual([410, 200]);
  const further = new Date(Date.now() + 2 * 86_400_000).toISOString();
  expect((await post('/v1/links/extend', { link: site, until: further })).json()).toEqual({ changed: 0 });
  const { total, links } = await list();
  expect(total).toBe(2);
  const ends = links.map((it: { revokedAt: string | null }) => it.revokedAt !== null);
  expect(ends.sort()).toEqual([false, true]);

  for (const payload of [{}, { link: 'https://mail.example/s/x' }, { link: site, run: 'x' }]) {
    expect((await post('/v1/links/revoke', payload)).json()).toMatchObject({ code: 'request-invalid' });
  }
  const stranger = await house.key('profiles');
  expect((await app.inject({ url: '/v1/links?run=x', headers: stranger })).statusCode).toBe(403);
});
