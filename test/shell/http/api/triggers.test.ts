import { randomUUID } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eraseProfile } from '../../../../src/adapters/postgres/erase-profile.ts';
import { exportProfile } from '../../../../src/adapters/postgres/export-profile.ts';
import {
  keepTrigger,
  removeTrigger,
  rotateTrigger,
} from '../../../../src/adapters/postgres/webhooks/triggers.ts';
import { triggerSchema } from '../../../../src/campaign/trigger.ts';
import { workRun } from '../../../../src/run/work-run.ts';
import { openSink, type Sink } from '../../../support/smtp-sink.ts';
import { type House, openHouse } from '../open-house.ts';

let house: House;
let sink: Sink;
let url: string;
let secret: string;
const welcome = triggerSchema.parse({ name: 'welcome', pack: 'welcome', sender: 'nordlicht' });

const textOf = async (raw = '') => (await simpleParser(raw)).text;

beforeAll(async () => {
  sink = await openSink();
  house = await openHouse({ smtpUrl: sink.url });
  url = await house.app.listen({ host: '127.0.0.1', port: 0 });
  secret = (await keepTrigger(house.wire.db, house.wire.secret, welcome)).secret ?? '';
});
afterAll(async () => {
  await house.close();
  await sink.close();
});

interface Telling {
  readonly trigger?: string;
  readonly id?: string;
  readonly at?: Date;
  readonly with?: string;
  /** Sent instead of what was signed. */
  readonly sent?: string;
  readonly headers?: Record<string, string>;
}

async function tell(body: object, how: Telling = {}) {
  const { trigger = 'welcome', id = `evt_${randomUUID()}`, at = new Date() } = how;
  const text = JSON.stringify(body);
  const headers = how.headers ?? {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(how.with ?? secret).sign(id, at, text),
  };
  const response = await fetch(`${url}/v1/triggers/${trigger}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: how.sent ?? text,
  });
  const answer = (await response.json()) as { id: string; code?: string; details?: string[] };
  return { status: response.status, answer, location: response.headers.get('location') };
}

const asked = { newsletterRequestedAt: '2026-11-03T08:30:00Z' };
const newcomer = (externalId = `T-${randomUUID()}`) => ({
  externalId,
  email: `${externalId.toLowerCase()}@example.org`,
  firstName: 'Ada',
  locale: 'en-GB',
});
const runsOf = (event: string) =>
  house.wire.db.selectFrom('runs').select('id').where('occurrence', '=', event).execute();

describe('an event', () => {
  test('told fifty times at once is one message and fifty same answers', async () => {
    const id = `evt_${randomUUID()}`;
    const body = { profile: newcomer(), data: asked };
    const told = await Promise.all(Array.from({ length: 50 }, () => tell(body, { id })));
    expect(new Set(told.map((it) => JSON.stringify(it))).size).toBe(1);
    expect(told[0]).toMatchObject({ status: 202, answer: { state: 'queued' } });
    const [run, ...others] = await runsOf(id);
    expect(others).toEqual([]);
    expect(run?.id).toBe(told[0]?.answer.id);

    await Promise.all([1, 2].map(() => workRun(run?.id ?? '', house.wire, { concurrency: 5 })));
    const mine = () => sink.messages.filter(({ to }) => to === body.profile.email);
    expect(mine()).toHaveLength(1);
    expect(await textOf(mine()[0]?.raw)).toMatch(/3\sNovember\s2026/);
    expect((await tell(body, { id })).answer).toEqual(told[0]?.answer);
    await workRun(run?.id ?? '', house.wire, { concurrency: 5 });
    expect(mine()).toHaveLength(1);

    const location = told[0]?.location ?? '';
    const job = await fetch(`${url}${location}`, { headers: await house.key('triggers') });
    expect(await job.json()).toMatchObject({
      id: run?.id,
      trigger: 'welcome',
      event: id,
      state: 'completed',
      message: { state: 'accepted', variant: 'a' },
    });
    expect((await fetch(`${url}${location}`)).status).toBe(401);
  });

  test('brings facts for its one message, and leaves the person as they were', async () => {
    const person = await house.person({ facts: { newsletterRequestedAt: '2025-01-31T08:00:00Z' } });
    const { externalId } = person;
    const first = await tell({ externalId, data: asked });
    const second = await tell({ externalId });
    for (const { answer } of [first, second]) await workRun(answer.id, house.wire, { concurrency: 1 });
    const mine = sink.messages.filter(({ to }) => to === person.email);
    const texts = await Promise.all(mine.map(({ raw }) => textOf(raw)));
    expect(texts).toHaveLength(2);
    expect(texts[0]).toMatch(/3\.\sNovember\s2026/);
    expect(texts[1]).toMatch(/31\.\sJanuar\s2025/);
    expect((await house.wire.profiles.find(externalId))?.facts).toEqual(person.facts);
  });

  test('told again later does not put the profile back, and an older yes beats no newer no', async () => {
    const profile = newcomer();
    const id = `evt_${randomUUID()}`;
    const body = { profile, data: asked };
    await tell(body, { id });
    await house.wire.profiles.keep({ externalId: profile.externalId, firstName: 'Adele' });
    expect((await tell(body, { id })).status).toBe(202);
    const no = { granted: false, at: new Date().toISOString(), source: 'unsubscribe' };
    await house.wire.profiles.keep({ externalId: profile.externalId, consents: { marketing: no } });
    const late = { externalId: profile.externalId, consents: { marketing: true } };
    await tell({ profile: late, data: asked, occurredAt: new Date(Date.now() - 3_600_000).toISOString() });
    const known = await house.wire.profiles.find(profile.externalId);
    expect(known).toMatchObject({ firstName: 'Adele', consents: { marketing: { granted: false } } });
  });

  test('under a used name is refused', async () => {
    const id = `evt_${randomUUID()}`;
    const profile = newcomer();
    expect((await tell({ profile, data: asked }, { id })).status).toBe(202);
    const other = await tell({ profile: { ...profile, firstName: 'Eve' }, data: asked }, { id });
    expect([other.status, other.answer.code]).toEqual([409, 'idempotency-conflict']);
  });

  test('may come by API key, with an Idempotency-Key for its name', async () => {
    const headers = { ...(await house.key('triggers')), 'idempotency-key': randomUUID() };
    const body = { profile: newcomer(), data: asked };
    const told = [await tell(body, { headers }), await tell(body, { headers })];
    expect(told.map((it) => it.status)).toEqual([202, 202]);
    expect(told[0]?.answer).toEqual(told[1]?.answer);
    const nameless = await tell(body, { headers: await house.key('triggers') });
    expect([nameless.status, nameless.answer.code]).toEqual([400, 'request-invalid']);
    const other = await tell(body, { headers: await house.key('renders') });
    expect([other.status, other.answer.code]).toEqual([403, 'scope-denied']);
    const nowhere = await tell(body, { headers, trigger: 'nowhere' });
    expect([nowhere.status, nowhere.answer.code]).toEqual([404, 'trigger-missing']);
  });
});

describe('whoever may not', () => {
  test('is told the same for a wrong signature, an old one, and a trigger that is not there', async () => {
    const body = { profile: newcomer(), data: asked };
    const text = JSON.stringify(body);
    const minutes = (count: number) => new Date(Date.now() + count * 60_000);
    const refused = await Promise.all([
      tell(body, { with: `whsec_${Buffer.alloc(32, 1).toString('base64')}` }),
      tell(body, { sent: `${text} ` }),
      tell(body, { sent: text.replace('Ada', 'Eve') }),
      tell(body, { sent: '{' }),
      tell(body, { at: minutes(-6) }),
      tell(body, { at: minutes(6) }),
      tell(body, { trigger: 'nowhere' }),
      tell(body, { headers: { 'webhook-id': 'x', 'webhook-signature': 'v1,x' } }),
    ]);
    const [first] = refused;
    expect(first).toMatchObject({ status: 401, answer: { code: 'signature-denied' } });
    for (const other of refused) expect(other).toEqual(first);
    const nobody = await tell(body, { headers: {} });
    expect([nobody.status, nobody.answer.code]).toEqual([401, 'key-denied']);
    expect(await house.wire.profiles.find(body.profile.externalId)).toBeNull();
  });

  test('cannot play a recorded event under another name', async () => {
    const body = { profile: newcomer(), data: asked };
    const id = `evt_${randomUUID()}`;
    const at = new Date();
    const recorded = {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, JSON.stringify(body)),
    };
    const first = await tell(body, { headers: recorded });
    const again = await tell(body, { headers: { ...recorded, 'idempotency-key': randomUUID() } });
    expect(again.answer).toEqual(first.answer);
    expect((await tell(body, { headers: { ...recorded, 'webhook-id': 'evt_other' } })).status).toBe(401);
  });

  test('signs with either secret while one replaces the other, and with neither when the trigger is gone', async () => {
    const { db, secret: key } = house.wire;
    const name = 'other';
    const first = (await keepTrigger(db, key, { ...welcome, name })).secret ?? '';
    expect((await keepTrigger(db, key, { ...welcome, name })).secret).toBeNull();
    const second = await rotateTrigger(db, key, name);
    const status = async (by: string) =>
      (await tell({ profile: newcomer(), data: asked }, { trigger: name, with: by })).status;
    expect([await status(first), await status(second)]).toEqual([202, 202]);
    const third = await rotateTrigger(db, key, name, { atOnce: true });
    expect([await status(second), await status(third)]).toEqual([401, 202]);
    await removeTrigger(db, name);
    expect(await status(third)).toBe(401);
  });
});

test('what does not fit is named before anything is kept', async () => {
  const both = await tell({ externalId: 'x', profile: newcomer() });
  expect(both).toMatchObject({ status: 400, answer: { code: 'request-invalid' } });
  const unknown = await tell({ externalId: `T-${randomUUID()}` });
  expect([unknown.status, unknown.answer.code]).toEqual([404, 'profile-missing']);
  const bad = await tell({ externalId: 'x', data: { newsletterRequestedAt: 'yesterday' } });
  expect(bad.answer.details).toEqual([
    expect.stringMatching(/^body\.data\.newsletterRequestedAt: expected a moment/),
  ]);
  expect((await tell({ profile: newcomer(), who: 1 })).status).toBe(400);
});

test('what an event brought goes with its person; told again it reaches nobody', async () => {
  const profile = newcomer();
  const id = `evt_${randomUUID()}`;
  const body = { profile, data: asked };
  const told = await tell(body, { id });
  const person = await house.wire.profiles.find(profile.externalId);
  const whole = await exportProfile(house.wire.db, person?.id ?? '', { secret: house.wire.addressKey });
  expect(whole?.triggers).toMatchObject([{ trigger: 'welcome', event: id, data: asked }]);
  await eraseProfile(house.wire.db, person?.id ?? '', { secret: house.wire.secret });
  const left = await house.wire.db
    .selectFrom('trigger_events')
    .select('event_id')
    .where('event_id', '=', id)
    .execute();
  expect(left).toEqual([]);
  expect((await tell(body, { id })).answer).toEqual(told.answer);
  expect(await house.wire.profiles.find(profile.externalId)).toBeNull();
});

test('the API’s documentation says how to tell it', async () => {
  const { paths, components } = (await house.app.inject({ url: '/openapi.json' })).json();
  const telling = paths['/v1/triggers/{name}'].post;
  expect(telling.security).toEqual([{ signature: [] }, { key: [] }]);
  expect(Object.keys(components.securitySchemes)).toEqual(['key', 'signature']);
  const { properties } = telling.requestBody.content['application/json'].schema;
  expect(Object.keys(properties)).toEqual(['externalId', 'profile', 'data', 'occurredAt']);
  expect(telling.parameters.map((it: { name: string }) => it.name)).toContain('webhook-timestamp');
  expect(paths['/v1/webhooks/{id}/deliveries']).toBeDefined();
});
