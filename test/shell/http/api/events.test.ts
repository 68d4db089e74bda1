import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findSuppressions } from '../../../../src/adapters/postgres/find-suppressions.ts';
import { campaignSchema } from '../../../../src/campaign/campaign.ts';
import { sentMessage } from '../../../support/sent-message.ts';
import { type House, openHouse } from '../open-house.ts';

let house: House;
let headers: { authorization: string };

beforeAll(async () => {
  house = await openHouse();
  headers = await house.key('events');
});
afterAll(() => house.close());

async function tell(...events: readonly object[]) {
  const reply = await house.app.inject({ method: 'POST', url: '/v1/events', headers, payload: { events } });
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json().results.map(({ result }: { result: string }) => result);
}

async function somebody() {
  const person = await house.person({ email: `${randomUUID()}@example.org` });
  const sent = await sentMessage(house.wire.ledger, person.id);
  return { person, sent, externalId: person.externalId };
}

const suppressed = async (email: string | null) =>
  (await findSuppressions(house.wire.db, house.wire.secret, [email ?? ''])).get(email ?? '') ?? [];
const eventsOf = (rowId: string) =>
  house.wire.db
    .selectFrom('events')
    .select(['kind', 'run_id', 'snapshot_id', 'data', 'machine'])
    .where('ledger_id', '=', rowId)
    .orderBy('id')
    .execute();

test('a provider’s bounces, by Message-ID; each counts once', async () => {
  const { person, sent } = await somebody();
  const bounce = {
    type: 'bounce',
    id: 'b-1',
    messageId: `<${sent.messageId}>`,
    status: '5.1.1',
    detail: 'gone: x@y.z',
  };
  expect(await tell(bounce, bounce)).toEqual(['accepted', 'duplicate']);
  expect(await tell(bounce)).toEqual(['duplicate']);
  expect(await suppressed(person.email)).toEqual(['*']);
  const row = await house.wire.ledger.look(sent.runId, person.id);
  expect(row).toMatchObject({ state: 'bounced', reason: 'hard-bounce: 5.1.1 gone: <address>' });
});

test('the provider’s judgement stands above the status', async () => {
  const [hard, soft] = [await somebody(), await somebody()];
  expect(
    await tell(
      { type: 'bounce', id: 'p-1', messageId: hard.sent.messageId, permanent: true },
      { type: 'bounce', id: 'p-2', messageId: soft.sent.messageId, permanent: false, status: '5.1.1' },
    ),
  ).toEqual(['accepted', 'accepted']);
  expect(await suppressed(hard.person.email)).toEqual(['*']);
  expect(await suppressed(soft.person.email)).toEqual([]);
});

test('complaints, by the customer and their newest message', async () => {
  const { person, sent, externalId } = await somebody();
  expect(await tell({ type: 'complaint', id: 'c-1', externalId })).toEqual(['accepted']);
  expect(await suppressed(person.email)).toEqual(['*']);
  expect(await eventsOf(sent.rowId)).toMatchObject([{ kind: 'complaint', run_id: sent.runId }]);
});

describe('conversions', () => {
  test('belong to the newest message, or to the run that is named', async () => {
    const { person, sent, externalId } = await somebody();
    const newer = await sentMessage(house.wire.ledger, person.id);
    const conversion = { type: 'conversion', value: 49.9, currency: 'EUR', detail: 'contract' };
    expect(
      await tell(
        { ...conversion, id: 'v-1', externalId },
        { ...conversion, id: 'v-2', externalId, runId: sent.runId },
        { type: 'conversion', id: 'v-3', externalId },
        { type: 'conversion', id: 'v-3', externalId },
      ),
    ).toEqual(['accepted', 'accepted', 'accepted', 'duplicate']);
    const data = { value: 49.9, currency: 'EUR', detail: 'contract' };
    expect(await eventsOf(sent.rowId)).toEqual([
      { kind: 'conversion', run_id: sent.runId, snapshot_id: sent.snapshotId, data, machine: false },
    ]);
    expect(await eventsOf(newer.rowId)).toHaveLength(2);
  });

  test('before the first message nothing can have come of one', async () => {
    const { externalId } = await somebody();
    const at = '2020-01-01T00:00:00Z';
    expect(await tell({ type: 'conversion', id: 'v-9', externalId, at })).toEqual(['unknown']);
  });

  test('of somebody who was held out are kept without a message', async () => {
    const person = await house.person({ email: `${randomUUID()}@example.org` });
    // Everybody is held out of nothing: a half at most, so that one run of many holds this person out.
    let held: { rowId: string; runId: string } | undefined;
    for (let year = 1900; held === undefined; year++) {
      const campaign = campaignSchema.parse({ name: `h${year}`, pack: 'p', sender: 's', holdout: 0.5 });
      const occurrence = { kind: 'campaign', name: campaign.name, occurrence: '1', campaign } as const;
      const { run } = await house.wire.ledger.open(occurrence, { profileIds: [person.id] });
      for await (const row of house.wire.ledger.history(run.id)) {
        if (row.state === 'skipped') held = { rowId: row.rowId, runId: run.id };
      }
    }
    const { externalId } = person;
    expect(await tell({ type: 'conversion', id: 'v-h', externalId, runId: held.runId })).toEqual([
      'accepted',
    ]);
    expect(await eventsOf(held.rowId)).toMatchObject([
      { kind: 'conversion', run_id: held.runId, snapshot_id: null },
    ]);
  });
});

test('an unsubscribe ends its purpose once; a yes that came later stands', async () => {
  const { person, sent, externalId } = await somebody();
  const consents = async () => (await house.wire.profiles.find(externalId))?.consents;
  const said = { type: 'unsubscribe', id: 'u-1', externalId };
  expect(await tell(said)).toEqual(['accepted']);
  expect((await consents())?.marketing?.granted).toBe(false);
  expect(await suppressed(person.email)).toEqual(['marketing']);
  expect(await eventsOf(sent.rowId)).toMatchObject([{ kind: 'unsubscribe' }]);

  const at = new Date(Date.now() + 1000).toISOString();
  await house.wire.profiles.keep({
    externalId,
    consents: { marketing: { granted: true, at, source: 'crm' } },
  });
  expect(await tell(said)).toEqual(['duplicate']);
  expect(await tell({ ...said, id: 'u-2', at: '2026-01-01T00:00:00Z' })).toEqual(['outdated']);
});

test('who and what nobody knows is unknown, and changes nothing', async () => {
  const unknown = { id: 'x', externalId: 'nobody' };
  expect(
    await tell(
      { type: 'bounce', ...unknown },
      { type: 'complaint', id: 'x', messageId: `${randomUUID()}@nordlicht.example` },
      { type: 'conversion', id: 'x', messageId: 'what <ever>' },
      { type: 'unsubscribe', ...unknown },
    ),
  ).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
});

test.for<[why: string, event: object, field: string]>([
  ['no subject', { type: 'complaint', id: 'a' }, 'messageId'],
  ['two subjects', { type: 'complaint', id: 'a', messageId: 'a@b', externalId: 'c' }, 'messageId'],
  [
    'a run without a customer',
    { type: 'complaint', id: 'a', messageId: 'a@b', runId: randomUUID() },
    'runId',
  ],
  ['a value in no currency', { type: 'conversion', id: 'a', externalId: 'c', value: 3 }, 'currency'],
  [
    'no ISO currency',
    { type: 'conversion', id: 'a', externalId: 'c', value: 3, currency: 'euro' },
    'currency',
  ],
  ['no name', { type: 'complaint', externalId: 'c' }, 'id'],
  ['an odd field', { type: 'complaint', id: 'a', externalId: 'c', nonsense: 1 }, ''],
  ['an odd type', { type: 'opened', id: 'a', externalId: 'c' }, 'type'],
])('refused whole: %s', async ([, event, field]) => {
  const payload = { events: [{ type: 'complaint', id: 'good', externalId: 'c' }, event] };
  const reply = await house.app.inject({ method: 'POST', url: '/v1/events', headers, payload });
  expect(reply.statusCode).toBe(400);
  expect(reply.json().details.join()).toContain(['events.1', field].filter(Boolean).join('.'));
});

test('501 at once are too many, and another scope is not enough', async () => {
  const event = { type: 'complaint', id: 'a', externalId: 'c' };
  const ask = (payload: object, key: object) =>
    house.app.inject({ method: 'POST', url: '/v1/events', headers: { ...key }, payload });
  expect((await ask({ events: Array(501).fill(event) }, headers)).statusCode).toBe(400);
  expect((await ask({ events: [event] }, await house.key('profiles'))).statusCode).toBe(403);
  expect((await ask({ events: [event] }, {})).statusCode).toBe(401);
});

test('callers do not share their names', async () => {
  const { externalId } = await somebody();
  const event = { type: 'conversion', id: 'shared', externalId };
  expect(await tell(event)).toEqual(['accepted']);
  const other = await house.key('events');
  const reply = await house.app.inject({
    method: 'POST',
    url: '/v1/events',
    headers: other,
    payload: { events: [event] },
  });
  expect(reply.json()).toEqual({ results: [{ id: 'shared', result: 'accepted' }] });
});
