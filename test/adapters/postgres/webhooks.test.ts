import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createPostWebhook } from '../../../src/adapters/fetch/post-webhook.ts';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { eraseProfile } from '../../../src/adapters/postgres/erase-profile.ts';
import { findProfile } from '../../../src/adapters/postgres/find-profile.ts';
import { postgresLedger } from '../../../src/adapters/postgres/ledger/postgres-ledger.ts';
import { recordEvents } from '../../../src/adapters/postgres/record-events.ts';
import { upsertProfiles } from '../../../src/adapters/postgres/upsert-profiles.ts';
import {
  forgetOldDeliveries,
  listDeliveries,
  redeliver,
  redeliverFailed,
} from '../../../src/adapters/postgres/webhooks/delivery-log.ts';
import {
  addEndpoint,
  enableEndpoint,
  endpointSecret,
  findEndpoint,
  removeEndpoint,
  rotateEndpoint,
} from '../../../src/adapters/postgres/webhooks/endpoints.ts';
import { postgresOutbox } from '../../../src/adapters/postgres/webhooks/outbox.ts';
import { campaignSchema } from '../../../src/campaign/campaign.ts';
import type { Snapshot } from '../../../src/merge/snapshot.ts';
import { deliverDueWebhooks, type WebhookTools } from '../../../src/run/webhooks/deliver-due-webhooks.ts';
import type { WebhookType } from '../../../src/run/webhooks/webhook-types.ts';
import { testDatabase } from '../../support/database.ts';

interface Heard {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const house = Buffer.from('the secret of this house, long enough');
let made: Awaited<ReturnType<typeof testDatabase>>;
let db: Database;
let server: Server;
let url: string;
let tools: WebhookTools;
const heard: Heard[] = [];

beforeAll(async () => {
  made = await testDatabase();
  db = openDatabase(made.url);
  server = createServer(async (request, response) => {
    const path = request.url ?? '';
    let body = '';
    for await (const chunk of request) body += chunk;
    heard.push({ path, headers: request.headers, body });
    if (path === '/hang') return;
    if (path === '/busy') response.setHeader('retry-after', '3600');
    if (path === '/moved') response.setHeader('location', `${url}/good`);
    response.writeHead({ '/gone': 410, '/busy': 503, '/bad': 500, '/moved': 302 }[path] ?? 204).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  tools = {
    outbox: postgresOutbox(db, house, () => new Date()),
    post: createPostWebhook({ isLocalAllowed: true, limitMs: 2000 }),
    now: () => new Date(),
    random: () => 0,
  };
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await db.destroy();
  await made.drop();
});
beforeEach(async () => {
  await sql`truncate profiles, runs, suppressions, webhook_endpoints cascade`.execute(db);
  heard.length = 0;
});

const listen = (path: string, ...types: (WebhookType | '*')[]) =>
  addEndpoint(db, house, { url: `${url}${path}`, types: types.length > 0 ? types : ['*'] });

/** A run of so many people, claimed and handed over, about to be settled. */
async function handedOver(count: number) {
  const ledger = postgresLedger(db, house);
  const people = Array.from({ length: count }, (_, at) => `P${at}`);
  await upsertProfiles(
    db,
    people.map((externalId) => ({
      externalId,
      email: `${externalId}@kunde.example`,
      firstName: 'Xanthippe',
    })),
  );
  const campaign = campaignSchema.parse({ name: 'statement', pack: 'statement', sender: 'nordlicht' });
  const { run } = await ledger.open(
    { kind: 'campaign', name: 'statement', occurrence: '2026', campaign },
    { rule: true },
  );
  const claims = await ledger.claim(run.id, { limit: count, leaseMs: 60_000 });
  const snapshots: Snapshot[] = [];
  for (const claim of claims) {
    const snapshot = snapshotFor(claim.profile?.id ?? '');
    snapshots.push(snapshot);
    const handOff = await ledger.handOff(
      claim,
      snapshot,
      `<${claim.rowId}@x.example>`,
      new Date(Date.now() + 86_400_000),
    );
    expect(handOff).toBe('handed-over');
  }
  return { ledger, run, claims, snapshots };
}

function snapshotFor(profileId: string): Snapshot {
  return {
    id: crypto.randomUUID(),
    profileId,
    pack: { name: 'statement', version: '1' },
    purpose: 'service',
    sender: 'nordlicht',
    variant: 'a',
    lang: 'de',
    locale: 'de-DE',
    tracking: true,
    view: {},
    targets: {},
    storyboard: null,
    madeAt: new Date().toISOString(),
  };
}

const accepted = { happening: 'accept', detail: '250 2.0.0 queued for <address>' } as const;
const bodies = () =>
  heard.map(({ body }) => JSON.parse(body) as { type: string; data: Record<string, unknown> });
const due = () => sql`update webhook_deliveries set next_at = now() where state = 'pending'`.execute(db);

describe('the outbox', () => {
  test('tells what became of a message and a campaign, by ids alone, signed', async () => {
    const { id } = await listen('/good');
    const { ledger, run, claims } = await handedOver(3);
    const [first, second, third] = claims;
    if (!first || !second || !third) throw new Error('three were claimed');
    await ledger.settle(first, accepted);
    await ledger.settle(second, { happening: 'bounce', detail: '550 5.1.1 no Xanthippe here' });
    await ledger.settle(third, { happening: 'doubt', detail: 'connection-lost' });
    expect(await ledger.complete(run.id)).toBe(true);
    expect(await deliverDueWebhooks(tools)).toBe(5);
    const byType = new Map(bodies().map(({ type, data }) => [type, data]));
    const shared = { campaign: 'statement', kind: 'campaign', occurrence: '2026', run: run.id };
    const of = (claim: typeof first) => ({
      ...shared,
      message: claim.rowId,
      externalId: claim.profile?.externalId,
      variant: 'a',
    });
    expect(Object.fromEntries(byType)).toEqual({
      'campaign.started': shared,
      'message.accepted': of(first),
      'message.bounced': { ...of(second), reason: '550 5.1.1' },
      'message.unknown': { ...of(third), reason: 'connection-lost' },
      'campaign.completed': shared,
    });
    expect(heard.map(({ body }) => body).join()).not.toMatch(/kunde|Xanthippe/i);
    const reference = new Webhook(await endpointSecret(db, house, id, new Date()));
    for (const { body, headers } of heard) {
      expect(reference.verify(body, headers as Record<string, string>)).toMatchObject({
        timestamp: expect.any(String),
      });
    }
    expect(new Set(heard.map(({ headers }) => headers['webhook-id'])).size).toBe(5);
  });

  test('holds what its change holds, no more: rolled back, nothing is told', async () => {
    await listen('/good', 'message.accepted');
    const { claims } = await handedOver(1);
    const [claim] = claims;
    if (!claim) throw new Error('one was claimed');
    const broken = db.transaction().execute(async (trx) => {
      expect(await postgresLedger(trx, house).settle(claim, accepted)).toBe(true);
      throw new Error('rolled back');
    });
    await expect(broken).rejects.toThrow('rolled back');
    expect(await deliverDueWebhooks(tools)).toBe(0);
    await postgresLedger(db, house).settle(claim, accepted);
    // What changes nothing tells nothing: the row has moved on.
    await postgresLedger(db, house).settle(claim, accepted);
    expect(await deliverDueWebhooks(tools)).toBe(1);
  });

  test('tells what people do, each once, and nothing of machines', async () => {
    await listen('/good', 'message.clicked', 'message.opened', 'message.unsubscribed');
    const { snapshots } = await handedOver(1);
    const at = '2026-11-22T10:00:00.000Z';
    const hit = (kind: 'click' | 'open' | 'visit', machine: boolean) => ({
      key: crypto.randomUUID(),
      snapshotId: snapshots[0]?.id ?? '',
      kind,
      machine,
      at,
      data: { target: 'tariff', ip: 'x' },
    });
    const click = hit('click', false);
    await recordEvents(db, [click, hit('open', true), hit('click', true), hit('visit', false)]);
    await recordEvents(db, [click]);
    await deliverDueWebhooks(tools);
    expect(bodies()).toEqual([
      {
        type: 'message.clicked',
        timestamp: at,
        data: expect.objectContaining({ externalId: 'P0', target: 'tariff' }),
      },
    ]);
    expect(bodies()[0]?.data).not.toHaveProperty('ip');
  });

  test('is written to for those alone who listen', async () => {
    const other = await listen('/good', 'message.clicked');
    const { ledger, claims } = await handedOver(1);
    if (claims[0]) await ledger.settle(claims[0], accepted);
    expect(await listDeliveries(db, other.id, { limit: 10 })).toEqual([]);
  });

  test('forgets a person, told or not, and ended lines after a month', async () => {
    const { id } = await listen('/good');
    const { ledger, claims } = await handedOver(2);
    for (const claim of claims) await ledger.settle(claim, accepted);
    const person = await findProfile(db, { externalId: 'P0' });
    await eraseProfile(db, person?.id ?? '', { secret: house });
    const left = await listDeliveries(db, id, { limit: 10 });
    expect(left.map(({ type }) => type).sort()).toEqual(['campaign.started', 'message.accepted']);
    expect(JSON.stringify(left)).not.toContain('P0');
    await deliverDueWebhooks(tools);
    await sql`update webhook_deliveries set ended_at = now() - interval '31 days' where type = 'message.accepted'`.execute(
      db,
    );
    expect(await forgetOldDeliveries(db)).toBe(1);
  });
});

test('a change is told while its person is about to be erased, and then forgotten', async () => {
  const { id } = await listen('/good', 'message.accepted');
  const { ledger, claims } = await handedOver(1);
  const [claim] = claims;
  if (!claim?.profile) throw new Error('one was claimed');
  await db.transaction().execute(async (trx) => {
    await trx.selectFrom('profiles').select('id').forUpdate().execute();
    expect(await ledger.settle(claim, accepted)).toBe(true);
  });
  expect(await listDeliveries(db, id, { limit: 9 })).toHaveLength(1);
  await eraseProfile(db, claim.profile.id, { secret: house });
  expect(await listDeliveries(db, id, { limit: 9 })).toEqual([]);
});

describe('deliveries', () => {
  const settleAll = async (count: number) => {
    const { ledger, claims } = await handedOver(count);
    await Promise.all(claims.map((claim) => ledger.settle(claim, accepted)));
  };

  test('of several at work reach an endpoint once each', async () => {
    const { id } = await listen('/good', 'message.accepted');
    await settleAll(60);
    const done = await Promise.all([1, 2, 3].map(() => deliverDueWebhooks(tools)));
    expect(done.reduce((sum, count) => sum + count, 0)).toBe(60);
    expect(new Set(heard.map(({ headers }) => headers['webhook-id'])).size).toBe(60);
    expect(heard).toHaveLength(60);
    const log = await listDeliveries(db, id, { state: 'delivered', limit: 100 });
    expect(log).toHaveLength(60);
    expect(log[0]).toMatchObject({ attempts: 1, lastStatus: 204, lastError: null, nextAt: null });
  });

  test('that fail are tried again under the same id, later each time, and one at a time', async () => {
    const { id } = await listen('/bad', 'message.accepted');
    await settleAll(3);
    expect(await deliverDueWebhooks(tools)).toBe(3);
    const waits = (await listDeliveries(db, id, { limit: 9 })).map(
      ({ nextAt }) => Date.parse(nextAt ?? '') - Date.now(),
    );
    for (const wait of waits) expect(wait).toBeGreaterThan(2000);
    expect((await findEndpoint(db, id)).failingSince).not.toBeNull();
    await due();
    const [only] = await tools.outbox.claim(id, { limit: 16, leaseMs: 60_000 });
    expect(await tools.outbox.claim(id, { limit: 16, leaseMs: 60_000 })).toHaveLength(1);
    expect(only?.attempt).toBe(2);

    await db
      .updateTable('webhook_endpoints')
      .set({ url: `${url}/good` })
      .execute();
    await due();
    heard.length = 0;
    await deliverDueWebhooks(tools);
    expect(heard).toHaveLength(3);
    expect((await findEndpoint(db, id)).failingSince).toBeNull();
    expect(await listDeliveries(db, id, { state: 'delivered', limit: 9 })).toHaveLength(3);
  });

  test('wait as long as they are asked to, and are given up after ten tries', async () => {
    const { id } = await listen('/busy', 'message.accepted');
    await settleAll(1);
    await deliverDueWebhooks(tools);
    const [first] = await listDeliveries(db, id, { limit: 1 });
    expect(first).toMatchObject({ state: 'pending', lastStatus: 503, lastError: 'it answers 503' });
    expect(Date.parse(first?.nextAt ?? '') - Date.now()).toBeGreaterThan(3_500_000);
    await sql`update webhook_deliveries set attempt = 9, next_at = now()`.execute(db);
    await deliverDueWebhooks(tools);
    const [last] = await listDeliveries(db, id, { limit: 1 });
    expect(last).toMatchObject({ state: 'failed', attempts: 10, nextAt: null });
    await db
      .updateTable('webhook_endpoints')
      .set({ url: `${url}/good` })
      .execute();
    expect(await redeliverFailed(db, id)).toBe(1);
    await deliverDueWebhooks(tools);
    expect(await listDeliveries(db, id, { state: 'delivered', limit: 1 })).toMatchObject([{ id: last?.id }]);
    await redeliver(db, `msg_${last?.id}`);
    expect(await deliverDueWebhooks(tools)).toBe(1);
    await expect(redeliver(db, 'msg_nothing')).rejects.toMatchObject({ code: 'webhook-missing' });
  });

  test('to an endpoint that is gone, or down for days, end', async () => {
    const gone = await listen('/gone', 'message.accepted');
    const down = await listen('/bad', 'message.accepted');
    await settleAll(16);
    await sql`update webhook_endpoints set failing_since = now() - interval '4 days' where id = ${down.id}`.execute(
      db,
    );
    await deliverDueWebhooks(tools);
    expect(await findEndpoint(db, gone.id)).toMatchObject({ disabledWhy: 'It answered 410 Gone.' });
    expect(await findEndpoint(db, down.id)).toMatchObject({ disabledWhy: 'It has failed for 3 days.' });
    for (const { id } of [gone, down]) {
      const log = await listDeliveries(db, id, { limit: 99 });
      expect(log.map(({ state }) => state)).toEqual(Array(16).fill('failed'));
    }
    expect(await tools.outbox.due()).toEqual([]);
    await enableEndpoint(db, down.id);
    expect(await findEndpoint(db, down.id)).toMatchObject({ disabledAt: null, failingSince: null });
    await removeEndpoint(db, down.id);
    await expect(findEndpoint(db, down.id)).rejects.toMatchObject({ code: 'webhook-missing' });
  });

  test('follow no redirect, and one that hangs holds nobody up', async () => {
    const moved = await listen('/moved', 'message.accepted');
    const hangs = await listen('/hang', 'message.accepted');
    const good = await listen('/good', 'message.accepted');
    await settleAll(1);
    await deliverDueWebhooks(tools);
    const log = async (id: string) => (await listDeliveries(db, id, { limit: 1 }))[0];
    expect(await log(moved.id)).toMatchObject({ lastStatus: 302, lastError: 'it answers 302' });
    expect(await log(hangs.id)).toMatchObject({ lastStatus: null, lastError: 'it takes longer than 2 s' });
    expect(await log(good.id)).toMatchObject({ state: 'delivered' });
    expect(heard.map(({ path }) => path).sort()).toEqual(['/good', '/hang', '/moved']);
  });

  test('whose worker died are taken again when its lease is over; what it says then changes nothing', async () => {
    const { id } = await listen('/good', 'message.accepted');
    await settleAll(1);
    const [dead] = await tools.outbox.claim(id, { limit: 1, leaseMs: 0 });
    if (!dead) throw new Error('one is due');
    expect(await deliverDueWebhooks(tools)).toBe(1);
    await tools.outbox.failed(dead, { status: null, error: 'late', durationMs: 1 }, 1000);
    expect(await listDeliveries(db, id, { limit: 1 })).toMatchObject([
      { state: 'delivered', lastError: null },
    ]);
  });

  test('are signed with both secrets while one replaces the other', async () => {
    const { id } = await listen('/good', 'message.accepted');
    const before = await endpointSecret(db, house, id, new Date());
    const after = await rotateEndpoint(db, house, id);
    await settleAll(1);
    await deliverDueWebhooks(tools);
    const [{ body, headers } = { body: '', headers: {} }] = heard;
    for (const secret of [before, after]) {
      expect(() => new Webhook(secret).verify(body, headers as Record<string, string>)).not.toThrow();
    }
    await rotateEndpoint(db, house, id, { atOnce: true });
    const [row] = await db.selectFrom('webhook_endpoints').select(['secret', 'former_secret']).execute();
    expect(row?.former_secret).toBeNull();
    expect(row?.secret.toString('latin1')).not.toContain('whsec_');
  });
});
