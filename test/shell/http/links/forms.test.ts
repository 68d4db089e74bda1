import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashAddress } from '../../../../src/profile/address-hash.ts';
import { browser, type House, openHouse } from '../open-house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const post = (url: string, type: string, payload: string | Buffer) =>
  house.app.inject({ method: 'POST', url, headers: { ...browser, 'content-type': type }, payload });
const form = 'application/x-www-form-urlencoded';
const suppressed = (email: string) =>
  house.wire.db
    .selectFrom('suppressions')
    .select(['purpose', 'reason'])
    .where('address_hash', '=', hashAddress(house.wire.secret, email))
    .execute();

describe('unsubscribe', () => {
  test('looking changes nothing; the button ends this purpose and no other', async () => {
    const person = await house.person({ email: 'button@example.org', locale: 'en-GB' });
    const { links, snapshot } = await house.links(person);
    const page = await house.app.inject({ method: 'GET', url: links.unsubscribe, headers: browser });
    await house.app.inject({ method: 'HEAD', url: links.unsubscribe, headers: browser });
    expect(page.body).toMatch(/<form method="post"><button>Unsubscribe<\/button><\/form>/);
    expect(page.headers['content-security-policy']).toContain("form-action 'self'");
    expect(await suppressed('button@example.org')).toEqual([]);

    const done = await post(links.unsubscribe, form, '');
    expect(done.statusCode).toBe(200);
    expect(done.body).toContain('You are unsubscribed');
    const { consents } = (await house.wire.profiles.find(person.id)) ?? {};
    expect(consents?.service).toMatchObject({ granted: false, source: 'unsubscribe' });
    expect(consents?.marketing).toEqual(person.consents.marketing);
    expect(await suppressed('button@example.org')).toEqual([{ purpose: 'service', reason: 'unsubscribed' }]);
    expect(await house.events(snapshot.id)).toEqual([
      { kind: 'unsubscribe', machine: false, data: { purpose: 'service' } },
    ]);
  });

  const multipart =
    '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
  test.for([
    ['urlencoded', form, 'List-Unsubscribe=One-Click'],
    ['multipart', 'multipart/form-data; boundary=x', multipart],
  ])('one click, %s: 200, no redirect, no cookie; twice is once', async ([name, type, body]) => {
    const email = `${name}@example.org`;
    const { links } = await house.links(await house.person({ email }));
    for (let n = 0; n < 2; n++) {
      // The mailbox provider's servers send no browser's agent.
      const headers = { 'content-type': String(type) };
      const answer = await house.app.inject({
        method: 'POST',
        url: links.unsubscribe,
        headers,
        payload: String(body),
      });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.body).toBe('Unsubscribed.\n');
    }
    expect(await suppressed(email)).toHaveLength(1);
  });

  test('a strange content type turns nobody away, and an old message still lets go', async () => {
    const { links } = await house.links(await house.person({ email: 'old@example.org' }), {
      expiresInMs: -1,
    });
    expect((await post(links.unsubscribe, 'application/x-strange', '???')).statusCode).toBe(200);
    expect((await post(links.unsubscribe, 'application/json', '{"a":1}')).statusCode).toBe(200);
    expect(await suppressed('old@example.org')).toHaveLength(1);
  });
});

describe('events of a page', () => {
  const batch = (...ids: string[]) =>
    JSON.stringify({
      events: ids.map((id) => ({
        id,
        kind: 'video-progress',
        at: '2026-11-03T08:00:00Z',
        data: { percent: 50 },
      })),
    });

  test('events come as JSON or text, once each', async () => {
    const { links, snapshot } = await house.links(await house.person());
    const [one, two] = [randomUUID(), randomUUID()];
    expect((await post(links.answer, 'application/json', batch(one))).statusCode).toBe(204);
    expect((await post(links.answer, 'text/plain;charset=UTF-8', batch(one, two))).statusCode).toBe(204);
    expect(await house.events(snapshot.id)).toEqual([
      { kind: 'video-progress', machine: false, data: { percent: 50 } },
      { kind: 'video-progress', machine: false, data: { percent: 50 } },
    ]);
  });

  test('events of somebody who did not agree are not kept', async () => {
    const { links, snapshot } = await house.links(await house.person({ consents: { tracking: no } }));
    expect((await post(links.answer, 'application/json', batch(randomUUID()))).statusCode).toBe(204);
    expect(await house.events(snapshot.id)).toEqual([]);
  });

  test.for([
    ['no JSON', '{'],
    ['no events', '{"events":[]}'],
    ['a kind that the server alone may see', `{"events":[{"id":"${randomUUID()}","kind":"unsubscribe"}]}`],
    ['too many', batch(...Array.from({ length: 51 }, () => randomUUID()))],
    [
      'too much in one',
      JSON.stringify({ events: [{ id: randomUUID(), kind: 'video-start', data: { x: 'x'.repeat(101) } }] }),
    ],
  ] as const)('events refused: %s', async ([, body]) => {
    const { links, snapshot } = await house.links(await house.person());
    expect((await post(links.answer, 'text/plain', body)).statusCode).toBe(400);
    expect(await house.events(snapshot.id)).toEqual([]);
  });

  test('a flood from one page is slowed down, and its neighbour is not', async () => {
    const person = await house.person();
    const [mine, other] = [await house.links(person), await house.links(person)];
    const codes = [];
    for (let n = 0; n < 31; n++) codes.push((await post(mine.links.answer, 'text/plain', '{}')).statusCode);
    expect(codes.at(-1)).toBe(429);
    expect((await post(other.links.answer, form, 'form=clear&score=4')).statusCode).toBe(303);
  });
});

const no = { granted: false, at: '2026-01-01T00:00:00Z', source: 'import' };
