import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assign } from '../../../src/decide/assign.ts';
import { first, handOver, type LedgerHouse, lease, openLedger } from '../../support/ledger.ts';

const count = 1500;
let house: LedgerHouse;

beforeAll(async () => {
  house = await openLedger();
  await house.people(count, (index) => (index % 3 === 0 ? 'Slow.Example' : 'example.com'));
});
afterAll(() => house.close());

const threeVariants = [{ name: 'a' }, { name: 'b', weight: 2.5 }, { name: 'c', weight: 0.7 }];

function rowsOf(runId: string) {
  return house.db.selectFrom('ledger').selectAll().where('run_id', '=', runId).execute();
}

/** To some seconds: it is told by our clock, not by the server's. */
const dueAt = async (runId: string) => Date.parse((await house.ledger.nextDueAt(runId)) ?? '');

describe('what is drawn at the freeze', () => {
  test.each([
    ['a sample and a holdout', { variants: threeVariants, sample: { share: 0.2 }, holdout: 0.1 }],
    ['variants for all', { variants: threeVariants, sample: null }],
    ['one variant', {}],
    ['most held out', { variants: threeVariants, holdout: 0.5, sample: { share: 0.5 } }],
  ])('is what decide/assign.ts says of each person: %s', async (name, more) => {
    const run = await house.start(more, name);
    const rows = await rowsOf(run.id);
    expect(rows).toHaveLength(count);
    for (const row of rows) {
      const { holdout, phase, variant } = assign(run.id, run.campaign, row.profile_id ?? '');
      expect(row).toMatchObject({
        phase,
        variant,
        state: holdout ? 'skipped' : 'planned',
        reason: holdout ? 'holdout' : null,
      });
      expect([row.ended_at === null, row.next_at === null]).toEqual([!holdout, holdout]);
    }
    expect(new Set(rows.map((row) => row.domain))).toEqual(new Set(['slow.example', 'example.com']));
  });

  test('the same people are held out of each occurrence, and others are in the sample', async () => {
    const more = { variants: threeVariants, sample: { share: 0.5 }, holdout: 0.3 };
    const [one, two] = await Promise.all(
      ['x', 'y'].map(async (it) => rowsOf((await house.start(more, it)).id)),
    );
    const of = (rows: typeof one = [], pick: (row: (typeof rows)[number]) => boolean) =>
      new Set(rows.filter(pick).map((row) => row.profile_id));
    expect(of(one, (it) => it.reason === 'holdout')).toEqual(of(two, (it) => it.reason === 'holdout'));
    expect(of(one, (it) => it.phase === 'sample')).not.toEqual(of(two, (it) => it.phase === 'sample'));
  });
});

describe('the rest', () => {
  test('waits for the winner and then gets it', async () => {
    const run = await house.start({ variants: threeVariants, sample: { share: 0.1 } }, 'winner');
    expect(Date.parse(run.decideAt ?? '') - Date.parse(run.createdAt)).toBe(24 * 3_600_000);
    const all = { limit: count, leaseMs: 60_000 };
    const sample = await house.ledger.claim(run.id, all);
    expect(sample.length).toBeLessThan(count / 4);
    expect(sample.every((claim) => claim.variant !== null)).toBe(true);
    for (const claim of sample) {
      await handOver(house.ledger, claim);
      await house.ledger.settle(claim, { happening: 'accept', detail: '250' });
    }
    expect(await house.ledger.claim(run.id, all)).toEqual([]);
    expect(await house.ledger.complete(run.id)).toBe(false);
    expect(await dueAt(run.id)).toBeCloseTo(Date.parse(run.decideAt ?? ''), -4);

    expect(await house.ledger.decideWinner(run.id, 'b', { why: 'test' })).toBe(true);
    expect(await house.ledger.decideWinner(run.id, 'c', {})).toBe(false);
    expect((await house.ledger.find(run.id)).winner).toBe('b');
    const rest = await house.ledger.claim(run.id, all);
    expect(rest).toHaveLength(count - sample.length);
    expect(new Set(rest.map((claim) => claim.variant))).toEqual(new Set(['b']));
    expect((await rowsOf(run.id)).every((row) => row.variant !== null)).toBe(true);
  });
});

describe('a paused domain', () => {
  test('is left alone while the others go on, and is due when its pause ends', async () => {
    const run = await house.start({}, 'paused domain');
    const until = new Date(Date.now() + 3_600_000);
    await house.db
      .insertInto('domain_pauses')
      .values({ domain: 'slow.example', until, response: '421' })
      .execute();
    let taken = 0;
    for (let claims = await house.ledger.claim(run.id, lease); claims.length > 0; ) {
      expect(claims.every((claim) => claim.domain === 'example.com')).toBe(true);
      taken += claims.length;
      claims = await house.ledger.claim(run.id, lease);
    }
    expect(taken).toBe((count / 3) * 2);
    await sql`update ledger set lease_until = null, state = 'failed', ended_at = now()
      where run_id = ${run.id} and state = 'claimed'`.execute(house.db);
    expect(await dueAt(run.id)).toBeCloseTo(until.getTime(), -4);

    // The pause that stands for all mail.
    await sql`update domain_pauses set domain = '*'`.execute(house.db);
    await sql`update ledger set next_at = now() where run_id = ${run.id} and state = 'planned'`.execute(
      house.db,
    );
    expect(await house.ledger.claim(run.id, lease)).toEqual([]);
    expect(await dueAt(run.id)).toBeCloseTo(until.getTime(), -4);
    await sql`delete from domain_pauses`.execute(house.db);
    expect(await house.ledger.claim(run.id, lease)).toHaveLength(lease.limit);
  });
});

describe('recent messages', () => {
  test('of campaigns and triggers count, within the days of the cap, and a message is not its own reason', async () => {
    await house.people(1);
    const before = await house.start({}, 'before');
    const claim = await first(house.ledger.claim(before.id, lease));
    expect(claim.recentMessages).toBe(0);
    await handOver(house.ledger, claim);
    await house.ledger.settle(claim, { happening: 'accept', detail: '250' });
    const cap = { frequency_cap: { messages: 1, days: 7 } };
    const now = await house.start(cap, 'now');
    const again = await first(house.ledger.claim(now.id, lease));
    expect(again.recentMessages).toBe(1);
    await handOver(house.ledger, again);
    await house.ledger.settle(again, { happening: 'defer', detail: '451', retryAfterMs: 0 });
    await sql`update ledger set first_tried_at = now() - interval '8 days' where run_id = ${before.id}`.execute(
      house.db,
    );
    expect((await first(house.ledger.claim(now.id, lease))).recentMessages).toBe(0);
    expect(
      (await first(house.ledger.claim((await house.start({}, 'no cap')).id, lease))).recentMessages,
    ).toBe(0);
  });
});
