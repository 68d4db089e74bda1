import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openIntake } from '../../../../src/adapters/postgres/event-intake.ts';
import { browser, type House, openHouse } from '../open-house.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const counted = { granted: true, at: '2026-01-01T00:00:00.000Z', source: 'import' };
const get = (url: string, headers: Record<string, string> = browser) => house.app.inject({ url, headers });
const report = (url: string, body: unknown, type = 'application/json') =>
  house.app.inject({
    method: 'POST',
    url,
    headers: { ...browser, 'content-type': type },
    payload: JSON.stringify(body),
  });

test('events are kept once each, in order, at the time they happened by our clock', async () => {
  const { links, snapshot } = await house.links(await house.person());
  const sent = Date.parse('2019-05-05T12:00:00.000Z');
  const events = [3, 1, 2].map((seq) => ({
    id: randomUUID(),
    seq,
    at: new Date(sent - 1000 + seq * 100).toISOString(),
    kind: 'video-progress',
    data: { percent: seq * 25 },
  }));
  const batch = { sentAt: new Date(sent).toISOString(), events };
  // Once as a page that lives on says it, once as one that goes, both at the same time.
  const answers = await Promise.all([report(links.answer, batch), report(links.answer, batch, 'text/plain')]);
  expect(answers.map((it) => it.statusCode)).toEqual([204, 204]);
  const kept = await house.wire.db
    .selectFrom('events')
    .select('data')
    .where('snapshot_id', '=', snapshot.id)
    .orderBy('at')
    .orderBy('id')
    .execute();
  expect(kept.map((it) => it.data)).toEqual([{ percent: 25 }, { percent: 50 }, { percent: 75 }]);
});

test('what cannot be kept fails alone, and everybody beside it is kept', async () => {
  const { snapshot } = await house.links(await house.person());
  const at = new Date().toISOString();
  const event = (data: { x: string }) =>
    ({ key: randomUUID(), snapshotId: snapshot.id, kind: 'read', machine: false, at, data }) as const;
  const intake = openIntake(house.wire.db);
  const taken = await Promise.allSettled([
    intake.take([event({ x: 'a' }), event({ x: 'b' })]),
    intake.take([event({ x: 'no\0database' })]),
    intake.take([event({ x: 'c' })]),
  ]);
  expect(taken.map((it) => it.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect((await house.events(snapshot.id)).map((it) => it.data)).toEqual([
    { x: 'a' },
    { x: 'b' },
    { x: 'c' },
  ]);
});

test('who follows every link at once is a machine, and so is what it did a moment before', async () => {
  const { links, snapshot } = await house.links(await house.person());
  const [first = '', second = ''] = Object.values(links.to);
  await get(links.open ?? '');
  await get(first);
  await get(first);
  const marks = async () => (await house.events(snapshot.id)).map((it) => [it.kind, it.machine]);
  // One link twice is a person who clicks twice.
  expect(await marks()).toEqual([
    ['open', false],
    ['click', false],
    ['click', false],
  ]);
  await get(second);
  expect(new Set((await marks()).map(([, machine]) => machine))).toEqual(new Set([true]));
  expect((await house.events(snapshot.id)).map((it) => it.data)).toContainEqual({ sign: 'burst' });
});

test('two links, one after the other, are a person', async () => {
  const { links, snapshot } = await house.links(await house.person());
  const [first = '', second = ''] = Object.values(links.to);
  await get(first);
  await house.wire.db
    .updateTable('events')
    .set({ at: new Date(Date.now() - 1500) })
    .where('snapshot_id', '=', snapshot.id)
    .execute();
  await get(second);
  expect((await house.events(snapshot.id)).map((it) => it.machine)).toEqual([false, false]);
});

test('machines are kept with what gave them away', async () => {
  const { links, snapshot } = await house.links(await house.person());
  await get(links.open ?? '', { 'user-agent': 'Mozilla/5.0' });
  await get(links.site, { ...browser, 'sec-purpose': 'prefetch' });
  expect(await house.events(snapshot.id)).toEqual([
    { kind: 'open', machine: true, data: { sign: 'privacy-proxy' } },
    { kind: 'visit', machine: true, data: { sign: 'prefetch' } },
  ]);
});

test('without consent links lead on and nothing is kept', async () => {
  const person = await house.person();
  const { links, snapshot } = await house.links(person);
  await house.wire.profiles.keep({
    externalId: person.externalId,
    consents: {
      tracking: { ...counted, granted: false, at: new Date().toISOString(), source: 'unsubscribe' },
    },
  });
  const click = await get(Object.values(links.to)[0] ?? '');
  expect(click.statusCode).toBe(302);
  expect(Object.values(snapshot.targets)).toContain(click.headers.location);
  await Promise.all([get(links.open ?? ''), get(links.site)]);
  const events = [{ id: randomUUID(), kind: 'read', data: { seconds: 10 } }];
  expect((await report(links.answer, { events })).statusCode).toBe(204);
  expect(await house.events(snapshot.id)).toEqual([]);
});

const turn = (url: string, how: string, accept = 'text/html') =>
  house.app.inject({
    method: 'POST',
    url: `${url}/counting`,
    headers: { ...browser, accept, 'content-type': 'application/x-www-form-urlencoded' },
    payload: `counting=${how}`,
  });

test('the switch on the page ends the counting, without a script, and an import does not undo it', async () => {
  const person = await house.person();
  const { externalId } = person;
  const { links, snapshot } = await house.links(person);
  const consent = async () => (await house.wire.profiles.find(externalId))?.consents.tracking;
  const page = await get(links.site);
  expect(/<form class="dt" [^>]*action="[^"]*\/a\/[\w-]{46}\/counting"/.test(page.body)).toBe(true);
  expect(page.body.includes('name="counting" value="off"')).toBe(true);

  const off = await turn(links.answer, 'off');
  expect([off.statusCode, off.headers.location]).toEqual([
    303,
    expect.stringMatching(/\/s\/[\w-]{46}#counting$/),
  ]);
  const said = await consent();
  expect(said).toMatchObject({ granted: false, source: 'page' });
  expect(said?.text).toMatch(/^statement@[0-9a-f]+\/de#[0-9a-f]{16}$/);
  const after = (await get(links.site)).body;
  expect(after.includes('name="counting" value="on"') && after.includes('"tracking":false')).toBe(true);
  await house.wire.profiles.keep({
    externalId,
    consents: { tracking: { ...counted, at: '2099-01-01T00:00:00.000Z' } },
  });
  expect(await consent()).toEqual(said);

  const on = await turn(links.answer, 'on', 'application/json');
  expect(on.json()).toEqual({ counting: true });
  expect(await consent()).toMatchObject({ granted: true, source: 'page' });
  // What was said on purpose is kept either way; nothing else of that time is.
  expect(await house.events(snapshot.id)).toEqual([
    { kind: 'visit', machine: false, data: {} },
    { kind: 'consent', machine: false, data: { purpose: 'tracking', granted: false } },
    { kind: 'consent', machine: false, data: { purpose: 'tracking', granted: true } },
  ]);
});

test('a machine that presses buttons turns nothing on', async () => {
  const person = await house.person({ consents: {} });
  const { links } = await house.links(person);
  const pressed = await house.app.inject({
    method: 'POST',
    url: `${links.answer}/counting`,
    headers: { 'user-agent': 'Barracuda Sentinel (EE)', 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'counting=on',
  });
  expect(pressed.json()).toEqual({ counting: false });
  expect((await turn(links.answer, 'perhaps')).statusCode).toBe(400);
  expect((await turn('/a/nothing', 'on')).statusCode).toBe(404);
  expect((await house.wire.profiles.find(person.externalId))?.consents.tracking?.granted).not.toBe(true);
});
