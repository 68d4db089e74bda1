import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  listDeliveries,
  redeliver,
  redeliverFailed,
} from '../../../src/adapters/postgres/webhooks/delivery-log.ts';
import {
  enableEndpoint,
  endpointSecret,
  findEndpoint,
  removeEndpoint,
  rotateEndpoint,
} from '../../../src/adapters/postgres/webhooks/endpoints.ts';
import { deliverDueWebhooks } from '../../../src/run/webhooks/deliver-due-webhooks.ts';
import { accepted, type Exchange, openExchange } from './webhook-exchange.ts';

let exchange: Exchange;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange.close());
beforeEach(() => exchange.empty());

const due = () =>
  sql`update webhook_deliveries set next_at = now() where state = 'pending'`.execute(exchange.db);

describe('deliveries', () => {
  const settleAll = async (count: number) => {
    const { ledger, claims } = await exchange.handedOver(count);
    await Promise.all(claims.map((claim) => ledger.settle(claim, accepted)));
  };

  test('of several at work reach an endpoint once each', async () => {
    const { id } = await exchange.listen('/good', 'message.accepted');
    await settleAll(60);
    const done = await Promise.all([1, 2, 3].map(() => deliverDueWebhooks(exchange.tools)));
    expect(done.reduce((sum, count) => sum + count, 0)).toBe(60);
    expect(new Set(exchange.heard.map(({ headers }) => headers['webhook-id'])).size).toBe(60);
    expect(exchange.heard).toHaveLength(60);
    const log = await listDeliveries(exchange.db, id, { state: 'delivered', limit: 100 });
    expect(log).toHaveLength(60);
    expect(log[0]).toMatchObject({ attempts: 1, lastStatus: 204, lastError: null, nextAt: null });
  });

  test('that fail are tried again under the same id, later each time, and one at a time', async () => {
    const { id } = await exchange.listen('/bad', 'message.accepted');
    await settleAll(3);
    expect(await deliverDueWebhooks(exchange.tools)).toBe(3);
    const resting = { state: 'pending', attempts: 1, lastStatus: 500, nextAt: expect.any(String) };
    const log = await listDeliveries(exchange.db, id, { limit: 9 });
    expect(log).toEqual(Array(3).fill(expect.objectContaining(resting)));
    expect((await findEndpoint(exchange.db, id)).failingSince).not.toBeNull();
    await due();
    const [only] = await exchange.tools.outbox.claim(id, { limit: 16, leaseMs: 60_000 });
    expect(await exchange.tools.outbox.claim(id, { limit: 16, leaseMs: 60_000 })).toHaveLength(1);
    expect(only?.attempt).toBe(2);

    await exchange.db
      .updateTable('webhook_endpoints')
      .set({ url: `${exchange.url}/good` })
      .execute();
    await due();
    exchange.heard.length = 0;
    await deliverDueWebhooks(exchange.tools);
    expect(exchange.heard).toHaveLength(3);
    expect((await findEndpoint(exchange.db, id)).failingSince).toBeNull();
    expect(await listDeliveries(exchange.db, id, { state: 'delivered', limit: 9 })).toHaveLength(3);
  });

  test('wait as long as they are asked to, and are given up after ten tries', async () => {
    const { id } = await exchange.listen('/busy', 'message.accepted');
    await settleAll(1);
    await deliverDueWebhooks(exchange.tools);
    const [first] = await listDeliveries(exchange.db, id, { limit: 1 });
    expect(first).toMatchObject({ state: 'pending', lastStatus: 503, lastError: 'it answers 503' });
    expect(Date.parse(first?.nextAt ?? '') - Date.now()).toBeGreaterThan(3_500_000);
    await sql`update webhook_deliveries set attempt = 9, next_at = now()`.execute(exchange.db);
    await deliverDueWebhooks(exchange.tools);
    const [last] = await listDeliveries(exchange.db, id, { limit: 1 });
    expect(last).toMatchObject({ state: 'failed', attempts: 10, nextAt: null });
    await exchange.db
      .updateTable('webhook_endpoints')
      .set({ url: `${exchange.url}/good` })
      .execute();
    expect(await redeliverFailed(exchange.db, id)).toBe(1);
    await deliverDueWebhooks(exchange.tools);
    expect(await listDeliveries(exchange.db, id, { state: 'delivered', limit: 1 })).toMatchObject([
      { id: last?.id },
    ]);
    await redeliver(exchange.db, `msg_${last?.id}`);
    expect(await deliverDueWebhooks(exchange.tools)).toBe(1);
    await expect(redeliver(exchange.db, 'msg_nothing')).rejects.toMatchObject({ code: 'webhook-missing' });
  });

  test('to an endpoint that is gone, or down for days, end', async () => {
    const gone = await exchange.listen('/gone', 'message.accepted');
    const down = await exchange.listen('/bad', 'message.accepted');
    await settleAll(16);
    await sql`update webhook_endpoints set failing_since = now() - interval '4 days' where id = ${down.id}`.execute(
      exchange.db,
    );
    await deliverDueWebhooks(exchange.tools);
    expect(await findEndpoint(exchange.db, gone.id)).toMatchObject({ disabledWhy: 'It answered 410 Gone.' });
    expect(await findEndpoint(exchange.db, down.id)).toMatchObject({
      disabledWhy: 'It has failed for 3 days.',
    });
    for (const { id } of [gone, down]) {
      const log = await listDeliveries(exchange.db, id, { limit: 99 });
      expect(log.map(({ state }) => state)).toEqual(Array(16).fill('failed'));
    }
    expect(await exchange.tools.outbox.due()).toEqual([]);
    await enableEndpoint(exchange.db, down.id);
    expect(await findEndpoint(exchange.db, down.id)).toMatchObject({ disabledAt: null, failingSince: null });
    await removeEndpoint(exchange.db, down.id);
    await expect(findEndpoint(exchange.db, down.id)).rejects.toMatchObject({ code: 'webhook-missing' });
  });

  test('follow no redirect, and one that hangs holds nobody up', async () => {
    const moved = await exchange.listen('/moved', 'message.accepted');
    const hangs = await exchange.listen('/hang', 'message.accepted');
    const good = await exchange.listen('/good', 'message.accepted');
    await settleAll(1);
    await deliverDueWebhooks(exchange.tools);
    const log = async (id: string) => (await listDeliveries(exchange.db, id, { limit: 1 }))[0];
    expect(await log(moved.id)).toMatchObject({ lastStatus: 302, lastError: 'it answers 302' });
    expect(await log(hangs.id)).toMatchObject({ lastStatus: null, lastError: 'it takes longer than 3 s' });
    expect(await log(good.id)).toMatchObject({ state: 'delivered' });
    expect(exchange.heard.map(({ path }) => path).sort()).toEqual(['/good', '/hang', '/moved']);
  });

  test('whose worker died are taken again when its lease is over; what it says then changes nothing', async () => {
    const { id } = await exchange.listen('/good', 'message.accepted');
    await settleAll(1);
    const [dead] = await exchange.tools.outbox.claim(id, { limit: 1, leaseMs: 0 });
    if (!dead) throw new Error('one is due');
    expect(await deliverDueWebhooks(exchange.tools)).toBe(1);
    await exchange.tools.outbox.failed(dead, { status: null, error: 'late', durationMs: 1 }, 1000);
    expect(await listDeliveries(exchange.db, id, { limit: 1 })).toMatchObject([
      { state: 'delivered', lastError: null },
    ]);
  });

  test('are signed with both secrets while one replaces the other', async () => {
    const { id } = await exchange.listen('/good', 'message.accepted');
    const before = await endpointSecret(exchange.db, [exchange.house], id, new Date());
    const after = await rotateEndpoint(exchange.db, exchange.house, id);
    await settleAll(1);
    await deliverDueWebhooks(exchange.tools);
    const [{ body, headers } = { body: '', headers: {} }] = exchange.heard;
    for (const secret of [before, after]) {
      expect(() => new Webhook(secret).verify(body, headers as Record<string, string>)).not.toThrow();
    }
    await rotateEndpoint(exchange.db, exchange.house, id, { atOnce: true });
    const [row] = await exchange.db
      .selectFrom('webhook_endpoints')
      .select(['secret', 'former_secret'])
      .execute();
    expect(row?.former_secret).toBeNull();
    expect(row?.secret.toString('latin1')).not.toContain('whsec_');
  });
});
