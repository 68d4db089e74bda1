import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { eraseProfile } from '../../../src/adapters/postgres/erase-profile.ts';
import { postgresLedger } from '../../../src/adapters/postgres/ledger/postgres-ledger.ts';
import { upsertProfiles } from '../../../src/adapters/postgres/upsert-profiles.ts';
import { campaignSchema } from '../../../src/campaign/campaign.ts';
import { hashAddress } from '../../../src/profile/address-hash.ts';
import type { Claim, Ledger } from '../../../src/run/ledger.ts';
import { testDatabase } from '../../support/database.ts';
import { lease, secret, snapshotFor, tomorrow } from '../../support/ledger.ts';

const people = Array.from({ length: 40 }, (_, index) => ({
  externalId: `P${String(index).padStart(3, '0')}`,
  email: `p${index}@example.com`,
  locale: index % 2 === 0 ? 'de-DE' : 'it-IT',
}));

let made: Awaited<ReturnType<typeof testDatabase>>;
let db: Database;
let ledger: Ledger;

beforeAll(async () => {
  made = await testDatabase();
  db = openDatabase(made.url);
  ledger = postgresLedger(db, secret);
});
afterAll(async () => {
  await db.destroy();
  await made.drop();
});
beforeEach(async () => {
  await sql`truncate profiles, runs, suppressions cascade`.execute(db);
  await upsertProfiles(db, people);
});

async function start(more: object = {}) {
  const campaign = campaignSchema.parse({ name: 'c', pack: 'p', sender: 's', ...more });
  return await ledger.open(
    { kind: 'campaign', name: 'c', occurrence: '2026', campaign },
    { rule: campaign.audience },
  );
}

async function first(claims: Promise<Claim[]>): Promise<Claim> {
  const [claim] = await claims;
  if (claim === undefined) throw new Error('nothing was claimed');
  return claim;
}

describe('the audience', () => {
  test('is frozen at the start, by the rule', async () => {
    const { run } = await start({ audience: { field: 'lang', op: 'eq', value: 'it' } });
    await upsertProfiles(db, [{ externalId: 'late', email: 'late@example.com', locale: 'it-IT' }]);
    expect(await ledger.tally(run.id)).toMatchObject({ total: 20, byState: { planned: 20 }, open: 20 });
  });

  test('two starts of one occurrence, at once, make one run', async () => {
    const opened = await Promise.all(Array.from({ length: 5 }, () => start()));
    expect(new Set(opened.map(({ run }) => run.id)).size).toBe(1);
    expect(opened.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect((await ledger.tally(opened[0]?.run.id ?? '')).total).toBe(40);
  });
});

describe('claims', () => {
  test('never overlap between workers', async () => {
    const { run } = await start();
    const claims = (
      await Promise.all(Array.from({ length: 8 }, () => ledger.claim(run.id, { limit: 7, leaseMs: 60_000 })))
    ).flat();
    expect(claims).toHaveLength(40);
    expect(new Set(claims.map((claim) => claim.rowId)).size).toBe(40);
  });

  test('stop when the run is paused', async () => {
    const { run } = await start();
    await ledger.pause(run.id, '554 content refused');
    expect(await ledger.claim(run.id, lease)).toEqual([]);
  });

  test('tell who is suppressed, whatever the case of the address, and who was erased', async () => {
    await db
      .insertInto('suppressions')
      .values({
        address_hash: hashAddress(secret, 'P0@EXAMPLE.com'),
        purpose: 'service',
        reason: 'unsubscribe',
      })
      .execute();
    const { run } = await start();
    const gone = await db
      .selectFrom('profiles')
      .select('id')
      .where('external_id', '=', 'P001')
      .executeTakeFirstOrThrow();
    await eraseProfile(db, gone.id, { secret });
    const claims = await ledger.claim(run.id, lease);
    expect(claims.find((claim) => claim.profile?.externalId === 'P000')?.suppressed).toEqual(['service']);
    expect(claims.filter((claim) => claim.suppressed.length > 0)).toHaveLength(1);
    expect(claims).toHaveLength(39);
    expect((await ledger.tally(run.id)).skipped).toEqual({ erased: 1 });
  });
});

describe('the fence', () => {
  test('a worker that lost its lease can neither hand over nor settle', async () => {
    const { run } = await start();
    const old = await first(ledger.claim(run.id, { limit: 1, leaseMs: 0 }));
    expect(await ledger.recover(run.id)).toEqual({ released: 1, doubted: 0 });
    const again = (await ledger.claim(run.id, lease)).find((claim) => claim.rowId === old.rowId);
    expect(again?.attempt).toBeGreaterThan(old.attempt);
    expect(await ledger.handOff(old, snapshotFor(old), 'a@b', tomorrow)).toBe('lost');
    expect(await ledger.settle(old, { happening: 'accept', detail: '250' })).toBe(false);
    if (again === undefined) throw new Error('the row was not claimed again');
    expect(await ledger.handOff(again, snapshotFor(again), 'a@b', tomorrow)).toBe('handed-over');
    expect(await ledger.settle(again, { happening: 'accept', detail: '250' })).toBe(true);
    expect(await ledger.settle(again, { happening: 'accept', detail: '250' })).toBe(false);
  });

  test('nothing is accepted that was not handed over', async () => {
    const { run } = await start();
    const claim = await first(ledger.claim(run.id, lease));
    expect(await ledger.settle(claim, { happening: 'accept', detail: '250' })).toBe(false);
  });
});

describe('a crash after the handoff', () => {
  async function crash(policy: 'hold' | 'resend') {
    const { run } = await start({ on_unknown: policy });
    const claim = await first(ledger.claim(run.id, { limit: 1, leaseMs: 0 }));
    await ledger.handOff(claim, snapshotFor(claim), 'one@example.com', tomorrow);
    expect(await ledger.recover(run.id)).toEqual({ released: 0, doubted: 1 });
    return { run, claim };
  }

  test('is a doubt that ends the row under hold', async () => {
    const { run, claim } = await crash('hold');
    expect(await ledger.look(run.id, claim.profile?.id ?? '')).toMatchObject({ state: 'unknown' });
    expect((await ledger.claim(run.id, lease)).map((it) => it.rowId)).not.toContain(claim.rowId);
  });

  test('is tried again under resend, same Message-ID, same snapshot', async () => {
    const { run, claim } = await crash('resend');
    const again = (await ledger.claim(run.id, lease)).find((it) => it.rowId === claim.rowId);
    expect(again?.messageId).toBe('one@example.com');
    expect(again?.snapshot?.view).toEqual({ amount: '1 €' });
  });

  test('is a doubt after ten handoffs: a message that ends every worker goes to nobody for days', async () => {
    const { run, claim } = await crash('resend');
    await sql`update ledger set tries = 9 where id = ${claim.rowId}`.execute(db);
    const again = (await ledger.claim(run.id, { ...lease, leaseMs: 0 })).find(
      (it) => it.rowId === claim.rowId,
    );
    if (again?.snapshot == null) throw new Error('it was not due again');
    await ledger.handOff(again, again.snapshot, 'one@example.com', tomorrow);
    expect(await ledger.recover(run.id)).toMatchObject({ doubted: 1 });
    expect(await ledger.look(run.id, claim.profile?.id ?? '')).toMatchObject({ state: 'unknown' });
  });
});

describe('the end', () => {
  test('a run is completed only when every row has ended, and its counts add up', async () => {
    const { run } = await start();
    const claims = await ledger.claim(run.id, lease);
    for (const [index, claim] of claims.entries()) {
      if (index < 5) await ledger.skip(claim, 'no-address');
      else {
        await ledger.handOff(claim, snapshotFor(claim), `${index}@b`, tomorrow);
        const deferred = { happening: 'defer', detail: '451', retryAfterMs: 3_600_000 } as const;
        await ledger.settle(claim, index === 39 ? deferred : { happening: 'accept', detail: '250' });
      }
    }
    expect(await ledger.complete(run.id)).toBe(false);
    expect(await ledger.tally(run.id)).toEqual({
      total: 40,
      byState: { skipped: 5, accepted: 34, deferred: 1 },
      skipped: { 'no-address': 5 },
      open: 1,
    });
    expect(Date.parse((await ledger.nextDueAt(run.id)) ?? '')).toBeGreaterThan(Date.now() + 3_000_000);
    await sql`update ledger set next_at = now() where state = 'deferred'`.execute(db);
    const last = await first(ledger.claim(run.id, lease));
    await ledger.handOff(last, last.snapshot ?? snapshotFor(last), '39@b', tomorrow);
    await ledger.settle(last, { happening: 'accept', detail: '250' });
    expect(await ledger.complete(run.id)).toBe(true);
    expect(await ledger.nextDueAt(run.id)).toBeNull();
  });

  test('a refused address is suppressed with its row', async () => {
    const { run } = await start();
    const claim = await first(ledger.claim(run.id, lease));
    await ledger.handOff(claim, snapshotFor(claim), 'x@b', tomorrow);
    await ledger.settle(claim, { happening: 'bounce', detail: '550' });
    const [entry] = await db.selectFrom('suppressions').selectAll().execute();
    expect(entry).toMatchObject({ purpose: '*', reason: 'hard-bounce' });
    expect(entry?.address_hash).toEqual(hashAddress(secret, claim.profile?.email ?? ''));
  });

  test('history tells every step of a row', async () => {
    const { run } = await start();
    const claim = await first(ledger.claim(run.id, lease));
    await ledger.handOff(claim, snapshotFor(claim), 'x@b', tomorrow);
    await ledger.settle(claim, { happening: 'accept', detail: '250 ok' });
    const steps = await db
      .selectFrom('ledger_history')
      .select(['state', 'attempt', 'detail'])
      .where('ledger_id', '=', claim.rowId)
      .orderBy('id')
      .execute();
    expect(steps).toEqual([
      { state: 'planned', attempt: 0, detail: null },
      { state: 'claimed', attempt: 1, detail: null },
      { state: 'handoff', attempt: 1, detail: null },
      { state: 'accepted', attempt: 1, detail: '250 ok' },
    ]);
  });
});
