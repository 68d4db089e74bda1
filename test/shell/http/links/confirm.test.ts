import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eraseProfile } from '../../../../src/adapters/postgres/erase-profile.ts';
import { upsertProfiles } from '../../../../src/adapters/postgres/upsert-profiles.ts';
import { hashAddress } from '../../../../src/profile/address-hash.ts';
import type { Consents, Profile, ProfilePatch } from '../../../../src/profile/profile.ts';
import { makeLinks } from '../../../../src/track/make-links.ts';
import { signToken } from '../../../../src/track/token.ts';
import { openSink, type Sink } from '../../../support/smtp-sink.ts';
import { browser, type House, openHouse } from '../open-house.ts';

let house: House;
let sink: Sink;
beforeAll(async () => {
  sink = await openSink();
  house = await openHouse({ smtpUrl: sink.url });
});
afterAll(async () => {
  await house.close();
  await sink.close();
});

/** Somebody who asked for the newsletter, and what the message to them holds. */
async function asked(patch: Partial<ProfilePatch> = {}, options: { readonly expiresInMs?: number } = {}) {
  const person = await house.person({
    email: `${randomUUID()}@example.org`,
    locale: 'en-GB',
    consents: {},
    facts: { newsletterRequestedAt: '2026-11-03T08:30:00Z' },
    ...patch,
  });
  return { person, ...(await messageTo(person, options)) };
}

async function messageTo(person: Profile, options: { readonly expiresInMs?: number } = {}) {
  const { snapshot, links } = await house.links(person, { pack: 'welcome', ...options });
  return { snapshot, links, confirm: links.confirm ?? '' };
}

const get = (url: string) => house.app.inject({ method: 'GET', url, headers: browser });
const post = (url: string, payload = '', headers: Record<string, string> = browser) =>
  house.app.inject({
    method: 'POST',
    url,
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload,
  });
async function consentsOf({ id }: Profile): Promise<Consents> {
  return (await house.wire.profiles.find(id))?.consents ?? {};
}

describe('the question', () => {
  test('shows the words that are agreed to, and changes nothing however often it is asked', async () => {
    const { person, snapshot, confirm } = await asked();
    const page = await get(confirm);
    await house.app.inject({ method: 'HEAD', url: confirm, headers: browser });
    expect(page.statusCode).toBe(200);
    for (const { text } of snapshot.confirms?.asks ?? []) expect(page.body).toContain(text);
    expect(page.body).toMatch(/<form method="post">.*<button>Yes, please<\/button><\/form>/);
    expect(page.body).toContain('<input type="checkbox" name="yes" value="tracking">');
    expect(page.body).not.toMatch(/<input[^>]*checked/);
    expect(page.headers['cache-control']).toBe('private, no-store');
    expect(await consentsOf(person)).toEqual({});
    expect(await house.events(snapshot.id)).toEqual([]);
  });

  test.for([
    ['a scanner', { 'user-agent': 'Barracuda Sentinel (EE)' }],
    ['a prefetcher', { ...browser, 'sec-purpose': 'prefetch' }],
    ['nobody', { 'user-agent': '' }],
  ] as const)('is asked again where %s pressed the button', async ([, headers]) => {
    const { person, confirm } = await asked();
    const answer = await post(confirm, '', headers);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('<form');
    expect(await consentsOf(person)).toEqual({});
  });
});

describe('the yes', () => {
  test('is kept with time, source and wording, and lets offers out', async () => {
    const { person, snapshot, confirm } = await asked();
    const before = Date.now();
    const done = await post(confirm);
    expect(done.statusCode).toBe(200);
    expect(done.body).toContain('Thank you, you are in');
    const { marketing, tracking } = await consentsOf(person);
    expect(marketing).toMatchObject({ granted: true, source: 'double-opt-in' });
    expect(marketing?.text).toMatch(new RegExp(`^welcome@${snapshot.pack.version}/en#[0-9a-f]{16}$`));
    expect(Date.parse(marketing?.at ?? '')).toBeGreaterThanOrEqual(before);
    expect(tracking).toBeUndefined();
    expect(await house.events(snapshot.id)).toEqual([
      { kind: 'confirm', machine: false, data: { purposes: ['marketing'] } },
    ]);
    const again = await get(confirm);
    expect(again.body, 'who comes back is not asked again').toContain('Thank you, you are in');

    const shown = await house.app.inject({
      method: 'GET',
      url: `/v1/profiles/${person.externalId}`,
      headers: await house.key('profiles'),
    });
    expect(shown.json().profile.consents.marketing).toEqual(marketing);
  });

  test('to being counted is a box of its own; boxes nobody drew mean nothing', async () => {
    const both = await asked();
    await post(both.confirm, 'yes=tracking');
    const { marketing, tracking } = await consentsOf(both.person);
    expect([marketing?.granted, tracking?.granted]).toEqual([true, true]);
    expect(tracking?.text).not.toBe(marketing?.text);
    const odd = await asked();
    await post(odd.confirm, 'yes=service&yes=__proto__&yes=marketing');
    expect(Object.keys(await consentsOf(odd.person))).toEqual(['marketing']);
  });

  test('said twice is said once, even at the same time', async () => {
    const { person, snapshot, confirm } = await asked();
    const answers = await Promise.all([post(confirm), post(confirm), post(confirm)]);
    expect(answers.map((it) => it.statusCode)).toEqual([200, 200, 200]);
    const first = await consentsOf(person);
    await post(confirm);
    expect(await consentsOf(person)).toEqual(first);
    expect(await house.events(snapshot.id)).toHaveLength(1);
  });

  test('beats an import that did not know of it, older or newer', async () => {
    const { person, confirm } = await asked({ consents: { marketing: said(false, 'import', '2020-01-01') } });
    await upsertProfiles(house.wire.db, [
      { externalId: person.externalId, consents: { marketing: said(false, 'import') } },
    ]);
    expect((await post(confirm)).statusCode).toBe(200);
    expect((await consentsOf(person)).marketing?.granted).toBe(true);
  });
});

describe('a later no', () => {
  test('ends it, and no older link brings it back; a newer one does', async () => {
    const { person, confirm } = await asked();
    await post(confirm);
    const offer = await house.links({ ...person, facts: await statementFacts() }, { pack: 'offer' });
    await post(offer.links.unsubscribe);
    expect((await consentsOf(person)).marketing).toMatchObject({ granted: false, source: 'unsubscribe' });

    const again = await post(confirm);
    expect(again.statusCode).toBe(410);
    expect(again.body).toContain('no longer counts');
    expect((await consentsOf(person)).marketing?.granted).toBe(false);
    expect(await suppressions(person)).toEqual(['marketing']);

    const newer = await messageTo(person);
    expect((await post(newer.confirm)).statusCode).toBe(200);
    expect((await consentsOf(person)).marketing?.granted).toBe(true);
    expect(await suppressions(person)).toEqual([]);
    expect((await post(confirm)).statusCode).toBe(200);
  });

  test('said again after a new request was sent shuts that request, too', async () => {
    const { person, links } = await asked();
    await post(links.unsubscribe);
    const newer = await messageTo(person);
    await post(links.unsubscribe);
    expect((await post(newer.confirm)).statusCode).toBe(410);
    expect((await consentsOf(person)).marketing?.granted).toBe(false);
  });

  test('to the question itself ends offers, not the messages about a contract', async () => {
    const { person, links, confirm } = await asked();
    const page = await get(links.unsubscribe);
    expect(page.body).toContain('No more offers by email?');
    await post(links.unsubscribe, 'List-Unsubscribe=One-Click');
    expect(await consentsOf(person)).toMatchObject({ marketing: { granted: false } });
    expect(await consentsOf(person)).not.toHaveProperty('service');
    expect((await post(confirm)).statusCode).toBe(410);
  });

  test('of the same address under another customer number counts as well', async () => {
    const email = `${randomUUID()}@example.org`;
    const [one, other] = [await asked({ email }), await asked({ email })];
    await post(other.links.unsubscribe);
    expect((await post(one.confirm)).statusCode).toBe(410);
    expect(await consentsOf(one.person)).toEqual({});
  });
});

describe('a link that proves nothing any more', () => {
  test('expired: 410; erased, forged, or of a message that asks nothing: 404', async () => {
    const old = await asked({}, { expiresInMs: -1 });
    for (const answer of [await get(old.confirm), await post(old.confirm)]) {
      expect(answer.statusCode).toBe(410);
      expect(answer.body).toContain('This link has expired');
    }
    expect(await consentsOf(old.person)).toEqual({});

    const gone = await asked();
    await eraseProfile(house.wire.db, gone.person.id, { secret: house.wire.secret });
    const statement = await house.links(await house.person());
    expect(statement.links.confirm).toBeNull();
    const snapshotId = statement.snapshot.id;
    const misplaced = signToken(house.wire.secret, { snapshotId, kind: 'confirm', index: 0 });
    for (const url of [gone.confirm, '/k/forged', `/k/${misplaced}`]) {
      expect([url, (await get(url)).statusCode]).toEqual([url, 404]);
      expect([url, (await post(url)).statusCode]).toEqual([url, 404]);
    }
  });

  test('asked more than thirty days ago, however long its other links live', async () => {
    const { person, snapshot } = await asked();
    const madeAt = new Date(Date.now() - 31 * 86_400_000).toISOString();
    const old = { ...snapshot, id: randomUUID(), madeAt };
    await house.wire.keepSnapshot(old, new Date(Date.now() + 60_000));
    const url = makeLinks(house.wire.secret, old, { api: '', site: '' }).confirm ?? '';
    expect((await get(url)).statusCode).toBe(410);
    expect((await post(url)).statusCode).toBe(410);
    expect(await consentsOf(person)).toEqual({});
  });

  test('sent to an address that the person has no longer', async () => {
    const { person, confirm } = await asked();
    await upsertProfiles(house.wire.db, [{ externalId: person.externalId, email: 'new@example.org' }]);
    expect((await post(confirm)).statusCode).toBe(410);
    expect(await consentsOf(person)).toEqual({});
  });
});

test('the message goes out before there is any consent, and its button leads here', async () => {
  const { person } = await asked();
  const answer = await house.app.inject({
    method: 'POST',
    url: '/v1/renders',
    headers: await house.key('renders'),
    payload: { profileId: person.externalId, pack: 'welcome', channels: ['email'], deliver: true },
  });
  expect(answer.statusCode).toBe(200);
  expect(answer.json().delivery.state).toBe('accepted');
  expect(sink.messages.filter((it) => it.to === person.email)).toHaveLength(1);
  const [, token] = /\/k\/([\w-]{46})/.exec(answer.json().email.text) ?? [];
  expect((await get(`/k/${token}`)).body).toContain('Would you like to hear from us?');
});

test('who never asked gets no such message', async () => {
  const person = await house.person({ facts: {}, consents: {} });
  await expect(messageTo(person)).rejects.toMatchObject({ code: 'data-incomplete' });
});

const said = (granted: boolean, source: string, at = new Date().toISOString()) => ({ granted, source, at });

async function statementFacts(): Promise<Profile['facts']> {
  const { facts } = await house.person();
  return facts;
}

async function suppressions({ email }: Profile): Promise<string[]> {
  const rows = await house.wire.db
    .selectFrom('suppressions')
    .select('purpose')
    .where('address_hash', '=', hashAddress(house.wire.secret, email ?? ''))
    .execute();
  return rows.map((it) => it.purpose);
}
