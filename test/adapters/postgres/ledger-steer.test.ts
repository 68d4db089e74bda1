import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { postgresLedger } from '../../../src/adapters/postgres/ledger/postgres-ledger.ts';
import { unsubscribe } from '../../../src/adapters/postgres/unsubscribe.ts';
import { campaignSchema } from '../../../src/campaign/campaign.ts';
import type { Claim, Ledger, Run } from '../../../src/run/ledger.ts';
import {
  all,
  first,
  handOver,
  type LedgerHouse,
  lease,
  openLedger,
  secret,
  snapshotFor,
  tomorrow,
} from '../../support/ledger.ts';

const accepted = { happening: 'accept', detail: '250' } as const;
const refused = { happening: 'fail', detail: '554' } as const;
let house: LedgerHouse;
let ledger: Ledger;

beforeAll(async () => {
  house = await openLedger();
  ledger = house.ledger;
});
afterAll(() => house.close());
beforeEach(() => house.people(12));

/** Of the twelve: three accepted, two failed, one in doubt, one bounced, one handed over, one claimed, three planned. */
async function mixed(more: object = {}): Promise<{ run: Run; claims: Claim[] }> {
  const run = await house.start(more);
  const claims = await ledger.claim(run.id, { ...lease, limit: 9 });
  for (const claim of claims.slice(0, 8)) await handOver(ledger, claim);
  for (const claim of claims.slice(0, 3)) await ledger.settle(claim, accepted);
  for (const claim of claims.slice(3, 5)) await ledger.settle(claim, refused);
  for (const claim of claims.slice(5, 6))
    await ledger.settle(claim, { happening: 'doubt', detail: 'closed' });
  for (const claim of claims.slice(6, 7)) await ledger.settle(claim, { happening: 'bounce', detail: '550' });
  return { run, claims };
}

const states = async (run: Run) => (await ledger.tally(run.id)).byState;

describe('cancel', () => {
  test('ends what nobody holds at once; what is held ends when it comes back, what is handed over by its answer', async () => {
    const { run, claims } = await mixed();
    const [handed, held] = claims.slice(7) as [Claim, Claim];
    expect(await ledger.cancel(run.id)).toBe(3);
    expect(await states(run)).toMatchObject({ cancelled: 3, handoff: 1, claimed: 1 });
    expect(await ledger.complete(run.id)).toBe(false);
    expect(await ledger.handOff(held, snapshotFor(held), 'x@s', tomorrow)).toBe('stopped');
    expect(await ledger.release(held)).toBe(true);
    expect(await ledger.settle(handed, { happening: 'defer', detail: '451', retryAfterMs: 1 })).toBe(true);
    expect(await states(run)).toEqual({ accepted: 3, failed: 2, unknown: 1, bounced: 1, cancelled: 5 });
    expect(await ledger.complete(run.id)).toBe(true);
    const { state, endedAt } = await ledger.find(run.id);
    expect([state, endedAt === null]).toEqual(['cancelled', false]);
    expect(await ledger.nextDueAt(run.id)).toBeNull();
    await expect(ledger.retryFailed(run.id)).rejects.toMatchObject({ code: 'run-cancelled' });
  });

  test('leaves in doubt what may be out, where it would have been sent again', async () => {
    const run = await house.start({ on_unknown: 'resend' });
    const claim = await first(ledger.claim(run.id, { ...lease, limit: 1 }));
    await handOver(ledger, claim);
    await ledger.cancel(run.id);
    const silence = { happening: 'defer', detail: 'closed', retryAfterMs: 1, mayBeOut: true } as const;
    expect(await ledger.settle(claim, silence)).toBe(true);
    expect(await states(run)).toEqual({ unknown: 1, cancelled: 11 });
  });

  test('recovers after a crash without planning anything again', async () => {
    const run = await house.start({ on_unknown: 'resend' });
    const [handed] = (await ledger.claim(run.id, { limit: 2, leaseMs: 0 })) as [Claim, Claim];
    await handOver(ledger, handed);
    await ledger.cancel(run.id);
    expect(await ledger.recover(run.id)).toEqual({ released: 1, doubted: 1 });
    expect(await states(run)).toEqual({ cancelled: 11, unknown: 1 });
    expect(await ledger.complete(run.id)).toBe(true);
  });

  test('sweeps up what came back in the same moment', async () => {
    const run = await house.start();
    await ledger.cancel(run.id);
    await sql`update ledger set state = 'deferred', next_at = now(), ended_at = null
      where id = (select id from ledger limit 1)`.execute(house.db);
    await ledger.recover(run.id);
    expect(await states(run)).toEqual({ cancelled: 12 });
  });

  test('of a run that is over changes nothing', async () => {
    const run = await house.start({ audience: { field: 'lang', op: 'eq', value: 'xx' } });
    expect(await ledger.complete(run.id)).toBe(true);
    expect(await ledger.cancel(run.id)).toBe(0);
    expect((await ledger.find(run.id)).state).toBe('completed');
  });
});

describe('pause and resume', () => {
  test('nothing is claimed or handed over meanwhile, and ended leases are still looked after', async () => {
    const run = await house.start();
    const [one] = (await ledger.claim(run.id, { limit: 2, leaseMs: 0 })) as [Claim, Claim];
    await ledger.pause(run.id, 'by hand');
    expect((await ledger.find(run.id)).pauseReason).toBe('by hand');
    expect(await ledger.handOff(one, snapshotFor(one), 'x@s', tomorrow)).toBe('stopped');
    expect(await ledger.recover(run.id)).toEqual({ released: 2, doubted: 0 });
    expect(await ledger.nextDueAt(run.id)).toBeNull();
    expect(await ledger.complete(run.id)).toBe(false);
    await ledger.resume(run.id);
    expect(await ledger.find(run.id)).toMatchObject({ state: 'running', pauseReason: null });
    expect(await ledger.claim(run.id, lease)).toHaveLength(12);
  });
});

describe('retry failed', () => {
  test('takes the failed and only them, from fresh data, and the run runs again', async () => {
    const { run, claims } = await mixed();
    await ledger.cancel(run.id).catch(() => {});
    await sql`update runs set state = 'running', completed_at = null`.execute(house.db);
    const before = await states(run);
    expect(await ledger.retryFailed(run.id)).toBe(2);
    expect(await states(run)).toEqual({ ...before, failed: undefined, planned: 2 });
    const again = await ledger.claim(run.id, lease);
    expect(new Set(again.map((it) => it.rowId))).toEqual(new Set(claims.slice(3, 5).map((it) => it.rowId)));
    expect(again[0]).toMatchObject({ snapshot: null, messageId: null, tries: 0, firstTriedAt: null });
    expect(await ledger.retryFailed(run.id)).toBe(0);
  });

  test('reopens a run that was over, and never leaves it over with open rows', async () => {
    const run = await house.start();
    for (const claim of await ledger.claim(run.id, lease))
      await ledger.fail(claim, { detail: 'x', retryAfterMs: null });
    expect(await ledger.complete(run.id)).toBe(true);
    await Promise.all([ledger.retryFailed(run.id), ledger.complete(run.id), ledger.complete(run.id)]);
    expect(await ledger.find(run.id)).toMatchObject({ state: 'running', endedAt: null });
    expect(await states(run)).toEqual({ planned: 12 });
  });
});

describe('rows in doubt', () => {
  test('are sent again under the same Message-ID', async () => {
    const { run, claims } = await mixed();
    const doubt = claims[5] as Claim;
    expect(await ledger.resolveUnknown(run.id, 'resend')).toBe(1);
    const again = (await ledger.claim(run.id, lease)).find((it) => it.rowId === doubt.rowId);
    expect(again).toMatchObject({ messageId: `${doubt.rowId}@s`, tries: 0 });
    expect(again?.snapshot).not.toBeNull();
    expect(await ledger.settle(doubt, accepted)).toBe(false);
  });

  test('or are taken as accepted, and a finished run stays finished', async () => {
    const { run } = await mixed();
    expect(await ledger.resolveUnknown(run.id, 'accept')).toBe(1);
    expect(await states(run)).toMatchObject({ accepted: 4 });
    expect(await ledger.resolveUnknown(run.id, 'accept')).toBe(0);
  });

  test('are cleared up by an answer that comes late', async () => {
    const run = await house.start();
    const claim = await first(ledger.claim(run.id, { limit: 1, leaseMs: 0 }));
    await handOver(ledger, claim);
    expect(await ledger.recover(run.id)).toEqual({ released: 0, doubted: 1 });
    expect(await ledger.settle(claim, accepted)).toBe(true);
    expect(await states(run)).toEqual({ accepted: 1, planned: 11 });
  });
});

describe('the last look at the handoff', () => {
  test('sees who unsubscribed since the claim, by consent and by address', async () => {
    const run = await house.start();
    const [one, two, three] = (await ledger.claim(run.id, lease)) as [Claim, Claim, Claim];
    const at = { at: new Date(), secret };
    await unsubscribe(house.db, { profileId: one.profile?.id ?? '', purpose: 'service' }, at);
    await unsubscribe(house.db, { profileId: two.profile?.id ?? '', purpose: 'marketing' }, at);
    expect(await ledger.handOff(one, snapshotFor(one), 'x@s', tomorrow)).toBe('suppressed');
    expect(await ledger.skip(one, 'suppressed')).toBe(true);
    expect(await ledger.handOff(two, snapshotFor(two), 'x@s', tomorrow)).toBe('handed-over');
    // Marketing needs a yes, and nobody has said it.
    expect(await ledger.handOff(three, snapshotFor(three, 'marketing'), 'x@s', tomorrow)).toBe('suppressed');
    await sql`delete from suppressions`.execute(house.db);
    const { rows } = await sql`select from snapshots`.execute(house.db);
    expect(rows).toHaveLength(1);
  });

  test('renews the lease', async () => {
    const run = await house.start();
    const claim = await first(ledger.claim(run.id, { limit: 1, leaseMs: 60_000 }));
    await sql`update ledger set lease_until = now() - interval '1 minute' where id = ${claim.rowId}`.execute(
      house.db,
    );
    await handOver(ledger, claim);
    expect(await ledger.recover(run.id)).toEqual({ released: 0, doubted: 0 });
  });
});

describe('what is put off', () => {
  test('counts no try when it was decided, one when it was a fault of ours, and ends in a cancelled run', async () => {
    const run = await house.start();
    const [waits, stumbles, breaks] = (await ledger.claim(run.id, lease)) as [Claim, Claim, Claim];
    expect(await ledger.postpone(waits, new Date(), 'quiet-hours')).toBe(true);
    expect(await ledger.fail(stumbles, { detail: 'storage-failed', retryAfterMs: 0 })).toBe(true);
    expect(await ledger.fail(breaks, { detail: 'pack-invalid', retryAfterMs: null })).toBe(true);
    expect(await states(run)).toEqual({ deferred: 2, failed: 1, claimed: 9 });
    const again = await ledger.claim(run.id, lease);
    expect(again.find((it) => it.rowId === waits.rowId)).toMatchObject({ tries: 0, firstTriedAt: null });
    expect(again.find((it) => it.rowId === stumbles.rowId)).toMatchObject({ tries: 1 });
    await ledger.cancel(run.id);
    for (const claim of again) await ledger.postpone(claim, tomorrow, 'quiet-hours');
    expect(await states(run)).toMatchObject({ cancelled: 2 });
  });
});

describe('one occurrence', () => {
  const open = (more: object) => {
    const campaign = campaignSchema.parse({ name: 'c', pack: 'p', sender: 's', ...more });
    return ledger.open({ kind: 'campaign', name: 'c', occurrence: '2026', campaign }, { rule: true });
  };

  test('is refused with another definition while it is open, and names what differs', async () => {
    await open({});
    expect((await open({})).isNew).toBe(false);
    await expect(open({ retry_hours: 5, throttle: { per_second: 2 } })).rejects.toMatchObject({
      code: 'campaign-running',
      details: [expect.stringContaining('retry_hours'), expect.stringContaining('throttle')],
    });
  });

  test('of two that start at once with different definitions one is refused', async () => {
    const both = await Promise.allSettled([open({ retry_hours: 1 }), open({ retry_hours: 2 })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await house.db.selectFrom('ledger').select('id').execute()).length).toBe(12);
  });

  test('a connection that ends during the freeze leaves nothing, and the next start makes it whole', async () => {
    await sql`create function die() returns trigger language plpgsql as
      'begin if (select count(*) from ledger) > 0 then perform pg_terminate_backend(pg_backend_pid()); end if; return new; end'`.execute(
      house.db,
    );
    await sql`create trigger die before insert on ledger_history for each row execute function die()`.execute(
      house.db,
    );
    await expect(open({})).rejects.toThrow();
    await sql`drop trigger die on ledger_history`.execute(house.db);
    expect(await house.db.selectFrom('runs').select('id').execute()).toEqual([]);
    const { run, isNew } = await open({});
    expect([isNew, (await ledger.tally(run.id)).total]).toEqual([true, 12]);
  });
});

describe('history', () => {
  test('tells who got what, by run and by person, also of who was erased', async () => {
    const { run, claims } = await mixed();
    const everyone = await all(ledger.history(run.id));
    expect(everyone).toHaveLength(12);
    const one = claims[0] as Claim;
    const [row, ...others] = await all(ledger.history(run.id, one.profile?.externalId));
    expect(others).toEqual([]);
    expect(row).toEqual({
      rowId: one.rowId,
      profileId: one.profile?.id,
      externalId: one.profile?.externalId,
      state: 'accepted',
      reason: '250',
      variant: 'a',
      messageId: `${one.rowId}@s`,
      snapshotId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      pack: { name: 'p', version: '1' },
      composition: null,
      dataVersion: null,
      steps: [
        { at: expect.stringMatching(/^\d{4}-.*Z$/), attempt: 0, state: 'planned', detail: null },
        { at: expect.any(String), attempt: 1, state: 'claimed', detail: null },
        { at: expect.any(String), attempt: 1, state: 'handoff', detail: null },
        { at: expect.any(String), attempt: 1, state: 'accepted', detail: '250' },
      ],
    });
    expect(await all(ledger.history(run.id, one.profile?.id))).toEqual([row]);
    expect(await all(ledger.history(run.id, 'nobody'))).toEqual([]);
    await sql`update ledger set profile_id = null where id = ${one.rowId}`.execute(house.db);
    const erased = (await all(ledger.history(run.id))).at(-1);
    expect(erased).toMatchObject({ rowId: one.rowId, profileId: null, externalId: null });
  });

  test('is read a page at a time', async () => {
    await house.people(1203);
    const run = await house.start({}, randomUUID());
    await sql`update ledger set profile_id = null where id in (select id from ledger limit 600)`.execute(
      house.db,
    );
    const rows = await all(postgresLedger(house.db, secret).history(run.id));
    expect(new Set(rows.map((it) => it.rowId)).size).toBe(1203);
  });
});
