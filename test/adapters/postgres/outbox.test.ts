import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eraseProfile } from '../../../src/adapters/postgres/erase-profile.ts';
import { findProfile } from '../../../src/adapters/postgres/find-profile.ts';
import { postgresLedger } from '../../../src/adapters/postgres/ledger/postgres-ledger.ts';
import { recordEvents } from '../../../src/adapters/postgres/record-events.ts';
import { forgetOldDeliveries, listDeliveries } from '../../../src/adapters/postgres/webhooks/delivery-log.ts';
import { endpointSecret } from '../../../src/adapters/postgres/webhooks/endpoints.ts';
import { deliverDueWebhooks } from '../../../src/run/webhooks/deliver-due-webhooks.ts';
import { accepted, type Exchange, openExchange } from './webhook-exchange.ts';

let exchange: Exchange;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange.close());
beforeEach(() => exchange.empty());

const bodies = () =>
  exchange.heard.map(({ body }) => JSON.parse(body) as { type: string; data: Record<string, unknown> });

describe('the outbox', () => {
  test('tells what became of a message and a campaign, by ids alone, signed', async () => {
    const { id } = await exchange.listen('/good');
    const { ledger, run, claims } = await exchange.handedOver(3);
    const [first, second, third] = claims;
    if (!first || !second || !third) throw new Error('three were claimed');
    await ledger.settle(first, accepted);
    await ledger.settle(second, { happening: 'bounce', detail: '550 5.1.1 no Xanthippe here' });
    await ledger.settle(third, { happening: 'doubt', detail: 'connection-lost' });
    expect(await ledger.complete(run.id)).toBe(true);
    expect(await deliverDueWebhooks(exchange.tools)).toBe(5);
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
    expect(exchange.heard.map(({ body }) => body).join()).not.toMatch(/kunde|Xanthippe/i);
    const reference = new Webhook(await endpointSecret(exchange.db, [exchange.house], id, new Date()));
    for (const { body, headers } of exchange.heard) {
      expect(reference.verify(body, headers as Record<string, string>)).toMatchObject({
        timestamp: expect.any(String),
      });
    }
    expect(new Set(exchange.heard.map(({ headers }) => headers['webhook-id'])).size).toBe(5);
  });

  test('holds what its change holds, no more: rolled back, nothing is told', async () => {
    await exchange.listen('/good', 'message.accepted');
    const { claims } = await exchange.handedOver(1);
    const [claim] = claims;
    if (!claim) throw new Error('one was claimed');
    const broken = exchange.db.transaction().execute(async (trx) => {
      expect(await postgresLedger(trx, exchange.house).settle(claim, accepted)).toBe(true);
      throw new Error('rolled back');
    });
    await expect(broken).rejects.toThrow('rolled back');
    expect(await deliverDueWebhooks(exchange.tools)).toBe(0);
    await postgresLedger(exchange.db, exchange.house).settle(claim, accepted);
    // What changes nothing tells nothing: the row has moved on.
    await postgresLedger(exchange.db, exchange.house).settle(claim, accepted);
    expect(await deliverDueWebhooks(exchange.tools)).toBe(1);
  });

  test('tells what people do, each once, and nothing of machines', async () => {
    await exchange.listen('/good', 'message.clicked', 'message.opened', 'message.unsubscribed');
    const { snapshots } = await exchange.handedOver(1);
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
    await recordEvents(exchange.db, [click, hit('open', true), hit('click', true), hit('visit', false)]);
    await recordEvents(exchange.db, [click]);
    await deliverDueWebhooks(exchange.tools);
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
    const other = await exchange.listen('/good', 'message.clicked');
    const { ledger, claims } = await exchange.handedOver(1);
    if (claims[0]) await ledger.settle(claims[0], accepted);
    expect(await listDeliveries(exchange.db, other.id, { limit: 10 })).toEqual([]);
  });

  test('forgets a person, told or not, and ended lines after a month', async () => {
    const { id } = await exchange.listen('/good');
    const { ledger, claims } = await exchange.handedOver(2);
    for (const claim of claims) await ledger.settle(claim, accepted);
    const person = await findProfile(exchange.db, { externalId: 'P0' });
    await eraseProfile(exchange.db, person?.id ?? '', { secret: exchange.house });
    const left = await listDeliveries(exchange.db, id, { limit: 10 });
    expect(left.map(({ type }) => type).sort()).toEqual(['campaign.started', 'message.accepted']);
    expect(JSON.stringify(left)).not.toContain('P0');
    await deliverDueWebhooks(exchange.tools);
    await sql`update webhook_deliveries set ended_at = now() - interval '31 days' where type = 'message.accepted'`.execute(
      exchange.db,
    );
    expect(await forgetOldDeliveries(exchange.db)).toBe(1);
  });
});

test('a change is told while its person is about to be erased, and then forgotten', async () => {
  const { id } = await exchange.listen('/good', 'message.accepted');
  const { ledger, claims } = await exchange.handedOver(1);
  const [claim] = claims;
  if (!claim?.profile) throw new Error('one was claimed');
  await exchange.db.transaction().execute(async (trx) => {
    await trx.selectFrom('profiles').select('id').forUpdate().execute();
    expect(await ledger.settle(claim, accepted)).toBe(true);
  });
  expect(await listDeliveries(exchange.db, id, { limit: 9 })).toHaveLength(1);
  await eraseProfile(exchange.db, claim.profile.id, { secret: exchange.house });
  expect(await listDeliveries(exchange.db, id, { limit: 9 })).toEqual([]);
});
