import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { isDatabaseAway } from '../../../src/run/keep-trying.ts';
import { first, handOver, type LedgerHouse, lease, openLedger } from '../../support/ledger.ts';

let house: LedgerHouse;

beforeAll(async () => {
  house = await openLedger();
});
afterAll(() => house.close());

test('a process that is frozen in the middle of a transaction holds nobody up for ever', async () => {
  const { db, ledger } = house;
  const { rows } = await sql`show idle_in_transaction_session_timeout`.execute(db);
  expect(rows).toEqual([{ idle_in_transaction_session_timeout: '5min' }]);

  await house.people(1);
  const run = await house.start();
  const claim = await first(ledger.claim(run.id, lease));
  await handOver(ledger, claim);
  await ledger.settle(claim, { happening: 'accept', detail: '250 ok' });
  const hasLock = Promise.withResolvers<void>();
  const isOver = Promise.withResolvers<void>();
  const frozen = db.transaction().execute(async (trx) => {
    // As the limit does, only sooner.
    await sql`set local idle_in_transaction_session_timeout = '200ms'`.execute(trx);
    await trx.selectFrom('runs').select('id').where('id', '=', run.id).forUpdate().execute();
    hasLock.resolve();
    await isOver.promise;
  });
  const ended = expect(frozen).rejects.toSatisfy(isDatabaseAway);
  await hasLock.promise;
  expect(await ledger.complete(run.id)).toBe(true);
  isOver.resolve();
  await ended;
});

test('a worker whose clock is off puts off, and waits, for as long as it meant', async () => {
  const hour = 3_600_000;
  const { ledger } = house;
  await house.people(12);
  const run = await house.start();
  for (const offMs of [-24 * hour, 24 * hour]) {
    const claim = await first(ledger.claim(run.id, { limit: 1, leaseMs: 60_000 }));
    const shown = Date.now() + offMs;
    const clock = vi.spyOn(Date, 'now').mockReturnValue(shown);
    await ledger.postpone(claim, new Date(shown + hour), 'quiet-hours');
    clock.mockRestore();
    const { rows } = await sql<{ ms: number }>`
      select extract(epoch from next_at - now())::float8 * 1000 as ms from ledger where id = ${claim.rowId}`.execute(
      house.db,
    );
    expect(rows[0]?.ms).toBeCloseTo(hour, -5);
  }
  await sql`delete from ledger where run_id = ${run.id} and state = 'planned'`.execute(house.db);
  const shown = Date.now() + 24 * hour;
  const clock = vi.spyOn(Date, 'now').mockReturnValue(shown);
  const dueAt = Date.parse((await ledger.nextDueAt(run.id)) ?? '');
  clock.mockRestore();
  expect(dueAt - shown).toBeCloseTo(hour, -5);
});
