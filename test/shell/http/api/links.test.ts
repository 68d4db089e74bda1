import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signToken } from '../../../../src/track/token.ts';
import { browser, type House, openHouse } from '../open-house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const get = (url: string, headers: Record<string, string> = browser) =>
  house.app.inject({ method: 'GET', url, headers });
const routes = [
  (token: string) => `/s/${token}`,
  (token: string) => `/v/${token}.mp4`,
  (token: string) => `/i/${token}/poster.jpg`,
  (token: string) => `/c/${token}`,
  (token: string) => `/o/${token}`,
  (token: string) => `/u/${token}`,
];

describe('a link that is none', () => {
  test('forged, malformed, misplaced, unknown and erased look the same, to the byte', async () => {
    const person = await house.person();
    const { links } = await house.links(person);
    const erased = links.site.slice('/s/'.length);
    await house.wire.db.deleteFrom('profiles').where('id', '=', person.id).execute();
    const unknown = signToken(house.wire.secret, { snapshotId: randomUUID(), kind: 'site', index: 0 });
    const misplaced = links.open?.slice('/o/'.length) ?? '';
    const tokens = [
      randomBytes(34).toString('base64url'),
      'x',
      '%00',
      'a'.repeat(90),
      'a'.repeat(2000),
      erased,
      unknown,
      misplaced,
    ];
    const answers = await Promise.all(tokens.map((token) => get(`/s/${token}`)));
    for (const answer of answers) {
      expect(answer.statusCode).toBe(404);
      expect(answer.body).toBe(answers[0]?.body);
      const { date: _, ...headers } = answer.headers;
      const { date: __, ...first } = answers[0]?.headers ?? {};
      const limits = Object.keys(headers).filter((name) => name.startsWith('x-ratelimit'));
      for (const name of limits) {
        delete headers[name];
        delete first[name];
      }
      expect(headers).toEqual(first);
    }
  });

  test('every route refuses forgeries with a page in the reader’s language', async () => {
    for (const route of routes) {
      const token = randomBytes(34).toString('base64url');
      const german = await get(route(token), { ...browser, 'accept-language': 'de-AT,en;q=0.5' });
      expect(german.statusCode).toBe(404);
      expect(german.body).toContain('Diese Seite gibt es nicht');
      expect((await get(route(token), { ...browser, 'accept-language': 'fr, it;q=0.8' })).body).toContain(
        'non esiste',
      );
    }
    expect((await house.app.inject({ method: 'POST', url: '/u/nonsense' })).statusCode).toBe(404);
    expect((await house.app.inject({ method: 'POST', url: '/a/nonsense', payload: {} })).statusCode).toBe(
      404,
    );
  });

  test('an authentic one that is over says so, in its reader’s language', async () => {
    const person = await house.person({ locale: 'en-GB' });
    const { links, snapshot } = await house.links(person, { expiresInMs: -1 });
    for (const url of [links.site, links.video, links.poster, links.open ?? '', ...Object.values(links.to)]) {
      const answer = await get(url);
      expect([url.slice(0, 3), answer.statusCode]).toEqual([url.slice(0, 3), 410]);
      expect(answer.body).toContain('This link has expired');
    }
    expect((await get(links.unsubscribe)).statusCode).toBe(200);
    expect(await house.events(snapshot.id)).toEqual([]);
  });

  test('a revoked one is over, too', async () => {
    const { links, snapshot } = await house.links(await house.person());
    await house.wire.db
      .updateTable('snapshots')
      .set({ revoked_at: new Date() })
      .where('id', '=', snapshot.id)
      .execute();
    expect((await get(links.site)).statusCode).toBe(410);
  });
});

describe('the page', () => {
  test('shows the snapshot under a strict policy, kept by nobody', async () => {
    const { links, snapshot } = await house.links(await house.person());
    const page = await get(links.site);
    expect(page.statusCode).toBe(200);
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow, noarchive',
    });
    const policy = String(page.headers['content-security-policy']);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
    // Every inline script and style carries the nonce of this answer, and the next answer has another.
    for (const [tag] of page.body.matchAll(/<(script|style)\b[^>]*>/g)) {
      expect(tag.replaceAll('&#x3D;', '=')).toContain(`nonce="${nonce}"`);
    }
    expect(page.body).not.toMatch(/<[^>]+\sstyle=/);
    expect(String((await get(links.site)).headers['content-security-policy'])).not.toContain(nonce);
    const cost = (snapshot.view.cost as { total: string }).total;
    expect(page.body).toContain(cost);
    expect(await house.events(snapshot.id)).toMatchObject([
      { kind: 'visit', machine: false },
      { kind: 'visit' },
    ]);
  });

  test('counts machines apart, and nobody who did not agree', async () => {
    const { links, snapshot } = await house.links(await house.person());
    await get(links.site, { 'user-agent': 'Barracuda Sentinel (EE)' });
    await house.app.inject({ method: 'HEAD', url: links.site, headers: browser });
    await get(links.site, { ...browser, 'sec-purpose': 'prefetch' });
    expect((await house.events(snapshot.id)).map((it) => it.machine)).toEqual([true, true, true]);

    const shy = await house.links(await house.person({ consents: { tracking: consent(false) } }));
    expect(shy.links.open).toBeNull();
    await get(shy.links.site);
    expect(await house.events(shy.snapshot.id)).toEqual([]);
  });

  test('its assets are kept for ever', async () => {
    const asset = await get('/assets/main-1a2b3c.js');
    expect(asset.statusCode).toBe(200);
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await get('/assets/..%2fsecret')).statusCode).toBe(403);
  });
});

describe('clicks and opens', () => {
  test('a click leads where the snapshot says, and nowhere else', async () => {
    const { links, snapshot } = await house.links(await house.person());
    const [name, url] = Object.entries(links.to)[0] ?? ['', ''];
    const answer = await get(`${url}?url=https://evil.example&next=//evil.example`);
    expect(answer.statusCode).toBe(302);
    expect(answer.headers.location).toBe(snapshot.targets[name]);
    expect(await house.events(snapshot.id)).toMatchObject([{ kind: 'click', data: { target: name } }]);
    const beyond = signToken(house.wire.secret, { snapshotId: snapshot.id, kind: 'click', index: 250 });
    expect((await get(`/c/${beyond}`)).statusCode).toBe(404);
  });

  test('an open is one pixel that mail programs may show', async () => {
    const { links, snapshot } = await house.links(await house.person());
    const answer = await get(links.open ?? '');
    expect(answer.headers).toMatchObject({
      'content-type': 'image/gif',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(answer.rawPayload.subarray(0, 6).toString()).toBe('GIF89a');
    expect(await house.events(snapshot.id)).toMatchObject([{ kind: 'open', machine: false }]);
  });
});

test('no token, address or query is in the log', async () => {
  const person = await house.person({ email: 'very.private@example.org' });
  const { links } = await house.links(person);
  await get(`${links.site}?name=very-private`);
  await house.app.inject({
    method: 'POST',
    url: `${links.answer}?x=very-private`,
    payload: { clear: 'very-private' },
  });
  await get('/nothing/here?mail=very.private@example.org');
  await house.app.inject({
    method: 'PUT',
    url: '/v1/profiles/x',
    headers: { authorization: 'Bearer very-private' },
    payload: {},
  });
  const log = house.log();
  expect(log).toContain('"route":"/s/:token"');
  expect(log).not.toContain('private');
  for (const link of [links.site, links.answer]) expect(log).not.toContain(link.slice(3, 20));
});

function consent(granted: boolean) {
  return { granted, at: new Date().toISOString(), source: 'import' };
}
