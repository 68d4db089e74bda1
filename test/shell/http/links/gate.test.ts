import { afterAll, beforeAll, expect, test } from 'vitest';
import { extendLinks } from '../../../../src/adapters/postgres/links.ts';
import type { Links } from '../../../../src/merge/links.ts';
import { buildServer } from '../../../../src/shell/http/server.ts';
import { browser, type House, openHouse } from '../open-house.ts';

let house: House;
let nowMs = Date.now();
let app: House['app'];

beforeAll(async () => {
  house = await openHouse();
  await house.wire.store.put('poster/test.jpg', Buffer.from('a picture'), 'image/jpeg');
  app = await buildServer({ ...house.parts, now: () => new Date(nowMs) });
});
afterAll(async () => {
  await app.close();
  await house.close();
});

const get = (url: string, headers: Record<string, string> = {}) =>
  app.inject({ method: 'GET', url, headers: { ...browser, ...headers } });
const form = { ...browser, 'content-type': 'application/x-www-form-urlencoded' };
const say = (url: string, answer: string, headers: Record<string, string> = form) =>
  app.inject({ method: 'POST', url, headers, payload: new URLSearchParams({ answer }).toString() });
const gateOf = (html: string) => `/g/${/action="\.\.\/g\/([\w-]{46})"/.exec(html)?.[1]}`;

async function gated(postcode = '24103') {
  const person = await house.person();
  await house.wire.profiles.keep({
    ...person,
    externalId: person.externalId,
    facts: { ...person.facts, postcode },
  });
  const profile = await house.wire.profiles.find(person.id);
  return await house.links(profile ?? person, { gate: true, expiresInMs: 400 * 86_400_000 });
}

const figures = ({ site, video, captions, pictures, answer }: Links) =>
  [
    ['page', site],
    ['film', video],
    ['captions', captions],
    ...Object.values(pictures).map((it) => ['picture', it] as const),
    ['answers', answer],
  ] as const;

test('without the answer nothing behind the links shows a figure, and looking is no try', async () => {
  const { links, snapshot } = await gated();
  const total = (snapshot.view.cost as { total: string }).total;
  for (const [what, url] of figures(links)) {
    const method = what === 'answers' ? 'POST' : 'GET';
    for (const headers of [browser, { accept: '*/*' }]) {
      const answer = await app.inject({ method, url, headers, payload: method === 'POST' ? {} : undefined });
      expect([what, answer.headers['set-cookie']]).toEqual([what, undefined]);
      expect(answer.body).not.toContain(total);
      expect(answer.body).not.toContain(snapshot.gate?.answer);
      if (headers !== browser || what === 'answers') expect([what, answer.statusCode]).toEqual([what, 403]);
    }
  }
  const page = await get(links.site);
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('Wie lautet deine Postleitzahl?');
  expect(page.headers).toMatchObject({ 'cache-control': 'private, no-store', 'x-robots-tag': /noindex/ });
  expect(page.body).not.toMatch(/<script/);
  expect(await house.wire.db.selectFrom('gate_tries').selectAll().execute()).toEqual([]);
  expect(await house.events(snapshot.id)).toEqual([]);
  // What shows no figure asks nothing: the greeting, the way out, the links that lead elsewhere.
  expect((await get(links.unsubscribe)).body).toContain('<button>');
  expect((await get(Object.values(links.to)[0] ?? '')).statusCode).toBe(302);
  expect((await get(links.open ?? '')).headers['content-type']).toBe('image/gif');
  expect((await get(links.teaser)).headers['content-type']).toBe('image/jpeg');
});

test('the right answer opens page, film and answers for half an hour, and longer for who reads on', async () => {
  const { links, snapshot } = await gated();
  const asked = gateOf((await get(links.site)).body);
  expect((await say(asked, '24104')).body).toMatch(/role="alert">[^<]+4 Versuche/);
  const right = await say(asked, ' 24-103 ');
  expect(right.statusCode).toBe(303);
  expect(right.headers.location).toBe(`..${links.site}`);
  const set = String(right.headers['set-cookie']);
  expect(set).toMatch(/^gate-[0-9a-f]{16}=\d+\.[\w-]{43}; Max-Age=1800; Path=\/; HttpOnly; SameSite=Lax$/);
  for (const secret of [snapshot.id, snapshot.profileId, '24103']) expect(set).not.toContain(secret);
  const cookie = set.split(';', 1)[0] ?? '';
  const page = await get(links.site, { cookie });
  expect(page.body).toContain((snapshot.view.cost as { total: string }).total);
  expect((await get(links.captions, { cookie })).headers).toMatchObject({
    'cache-control': 'private, no-store',
  });

  nowMs += 20 * 60_000;
  const later = String((await get(links.site, { cookie })).headers['set-cookie']).split(';', 1)[0] ?? '';
  nowMs += 20 * 60_000;
  expect(gateOf((await get(links.site, { cookie })).body)).toBe(asked);
  expect((await get(links.site, { cookie: later })).body).not.toContain('/g/');

  // A cookie opens its own message, as it was given, and no other.
  const other = await gated();
  const name = /^gate-[0-9a-f]{16}/.exec(later)?.[0] ?? '';
  for (const bad of [
    `${later}x`,
    later.replace(/\d+\./, (it) => `${Number.parseInt(it, 10) + 9999}.`),
    `${name}=`,
  ])
    expect((await get(links.site, { cookie: bad })).body).toContain('/g/');
  const theirs = /action="\.\.(\/g\/[^"]+)/.exec((await get(other.links.site, { cookie: later })).body)?.[1];
  expect(theirs).toBeDefined();
  expect(await say(theirs ?? '', '24103', { ...form, cookie: later })).toMatchObject({ statusCode: 303 });
});

test('over https the cookie is bound to host and transport', async () => {
  const origins = () => ({ api: 'https://a.example', site: 'https://s.example' });
  const secure = await buildServer({ ...house.parts, origins });
  const { links } = await gated();
  const page = await secure.inject({
    method: 'GET',
    url: links.site,
    headers: { ...browser, host: 's.example' },
  });
  const answer = await secure.inject({
    method: 'POST',
    url: gateOf(page.body),
    headers: form,
    payload: 'answer=24103',
  });
  expect(answer.headers['set-cookie']).toMatch(/^__Host-gate-.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  await secure.close();
});

test('five wrong answers at once or one by one: then a wait that doubles, and after twenty only we open it', async () => {
  const { links, snapshot } = await gated();
  const url = gateOf((await get(links.site)).body);
  const all = await Promise.all(Array.from({ length: 8 }, (_, index) => say(url, `1000${index}`)));
  const codes = all.map((it) => it.statusCode).sort();
  expect(codes).toEqual([...Array(5).fill(403), ...Array(3).fill(429)]);
  expect((await say(url, '24103')).headers['retry-after']).toBe('900');

  for (const minutes of [15, 30, 60]) {
    nowMs += minutes * 60_000 - 1000;
    expect((await say(url, '24103')).statusCode).toBe(429);
    nowMs += 1000;
    for (let n = 0; n < 5; n++) expect((await say(url, 'nonsense')).statusCode).toBe(403);
  }
  nowMs += 1000 * 60_000;
  const closed = await say(url, '24103');
  expect([closed.statusCode, /<h1[^>]*>([^<]+)/.exec(closed.body)?.[1]]).toEqual([
    403,
    'Diese Seite ist geschlossen',
  ]);
  expect(await extendLinks(house.wire.db, { snapshotId: snapshot.id }, new Date(nowMs))).toBe(1);
  expect((await say(url, '24103')).statusCode).toBe(303);
});

test('a form that another site sends is refused; what tells nothing is not', async () => {
  const { links } = await gated();
  const url = gateOf((await get(links.site)).body);
  const from = (headers: Record<string, string>) => say(url, '24103', { ...form, ...headers });
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
  ];
  for (const headers of foreign) expect((await from(headers)).statusCode).toBe(403);
  const telling: Record<string, string>[] = [
    { 'sec-fetch-site': 'same-origin', origin: 'null' },
    { origin: 'null' },
    {},
  ];
  for (const headers of telling) expect((await from(headers)).statusCode).toBe(303);
  const cross = { 'sec-fetch-site': 'cross-site', 'content-type': 'application/x-www-form-urlencoded' };
  const leave = (payload: string) =>
    app.inject({ method: 'POST', url: links.unsubscribe, headers: cross, payload });
  expect((await leave('')).statusCode).toBe(403);
  expect((await leave('List-Unsubscribe=One-Click')).statusCode).toBe(200);
});
