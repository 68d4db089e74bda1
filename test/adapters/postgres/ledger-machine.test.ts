import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Claim, Outcome, Run } from '../../../src/run/ledger.ts';
import { isEnded, type State } from '../../../src/run/transitions.ts';
import { all, type LedgerHouse, openLedger, snapshotFor, tomorrow } from '../../support/ledger.ts';

const people = 4;
let house: LedgerHouse;

beforeAll(async () => {
  house = await openLedger();
  await house.people(people);
});
afterAll(() => house.close());

type Verb =
  | {
      readonly verb: 'claim' | 'hand-off' | 'release' | 'postpone' | 'skip' | 'stumble' | 'break';
      readonly worker: 0 | 1;
    }
  | { readonly verb: Outcome['happening']; readonly worker: 0 | 1 }
  | {
      readonly verb:
        | 'leases-end'
        | 'recover'
        | 'pause'
        | 'resume'
        | 'cancel'
        | 'retry'
        | 'resend'
        | 'assume'
        | 'complete';
    };

const workerVerb = fc.record({
  verb: fc.constantFrom(
    ...([
      'claim',
      'claim',
      'hand-off',
      'hand-off',
      'hand-off',
      'accept',
      'accept',
      'defer',
      'doubt',
    ] as const),
    ...(['bounce', 'fail', 'release', 'postpone', 'skip', 'stumble', 'break'] as const),
  ),
  worker: fc.constantFrom(0 as const, 1 as const),
});
const otherVerb = fc.record({
  verb: fc.constantFrom(
    ...(['leases-end', 'recover', 'recover', 'pause', 'resume', 'resume', 'retry', 'resend'] as const),
    ...(['assume', 'complete', 'cancel'] as const),
  ),
});
const verbs: fc.Arbitrary<Verb[]> = fc.array(
  fc.oneof({ arbitrary: workerVerb, weight: 4 }, { arbitrary: otherVerb, weight: 1 }),
  { minLength: 5, maxLength: 40 },
);

/** Whoever works here believes to hold what was claimed, whatever has become of it: workers do not hear of leases that ended. */
async function play(run: Run, script: readonly Verb[]): Promise<{ afterEnd: number }> {
  const { ledger, db } = house;
  const held: [Claim[], Claim[]] = [[], []];
  let state: Run['state'] = 'running';
  let afterEnd = 0;
  for (const it of script) {
    if (!('worker' in it)) {
      if (it.verb === 'leases-end')
        await sql`update ledger set lease_until = now() - interval '1 second'
          where run_id = ${run.id} and lease_until is not null`.execute(db);
      else if (it.verb === 'recover') await ledger.recover(run.id);
      else if (it.verb === 'pause') await ledger.pause(run.id, 'by hand');
      else if (it.verb === 'resume') await ledger.resume(run.id);
      else if (it.verb === 'cancel') await ledger.cancel(run.id);
      else if (it.verb === 'retry') await ledger.retryFailed(run.id).catch(() => {});
      else if (it.verb === 'resend') await ledger.resolveUnknown(run.id, 'resend').catch(() => {});
      else if (it.verb === 'assume') await ledger.resolveUnknown(run.id, 'accept');
      else await ledger.complete(run.id);
      state = (await ledger.find(run.id)).state;
      continue;
    }
    const mine = held[it.worker];
    if (it.verb === 'claim') {
      mine.push(...(await ledger.claim(run.id, { limit: 2, leaseMs: 60_000 })));
      continue;
    }
    const claim = mine[0];
    if (claim === undefined) continue;
    if (it.verb === 'hand-off') {
      const snapshot = claim.snapshot ?? snapshotFor(claim);
      const said = await ledger.handOff(claim, snapshot, `${claim.rowId}@s`, tomorrow);
      if (said === 'handed-over' && state !== 'running') afterEnd++;
      continue;
    }
    mine.shift();
    const detail = it.verb;
    if (it.verb === 'release') await ledger.release(claim);
    else if (it.verb === 'postpone') await ledger.postpone(claim, new Date(), detail);
    else if (it.verb === 'skip') await ledger.skip(claim, detail);
    else if (it.verb === 'stumble') await ledger.fail(claim, { detail, retryAfterMs: 0 });
    else if (it.verb === 'break') await ledger.fail(claim, { detail, retryAfterMs: null });
    else if (it.verb === 'defer') await ledger.settle(claim, { happening: it.verb, detail, retryAfterMs: 0 });
    else await ledger.settle(claim, { happening: it.verb, detail });
  }
  return { afterEnd };
}

/** One worker who does nothing wrong, until nothing is left. */
async function finish(run: Run): Promise<void> {
  const { ledger, db } = house;
  await ledger.resume(run.id);
  await sql`update ledger set lease_until = now() - interval '1 second' where run_id = ${run.id} and lease_until is not null`.execute(
    db,
  );
  await ledger.recover(run.id);
  for (const claim of await ledger.claim(run.id, { limit: 100, leaseMs: 60_000 })) {
    const said = await ledger.handOff(
      claim,
      claim.snapshot ?? snapshotFor(claim),
      `${claim.rowId}@s`,
      tomorrow,
    );
    if (said === 'suppressed') await ledger.skip(claim, said);
    else await ledger.settle(claim, { happening: 'accept', detail: '250' });
  }
}

test('whatever two workers and an operator do: nobody is lost, and nobody written to twice without a word', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('hold' as const, 'resend' as const),
      verbs,
      async (on_unknown, script) => {
        await sql`delete from suppressions`.execute(house.db);
        const run = await house.start({ on_unknown }, randomUUID());
        const { afterEnd } = await play(run, script);
        expect(afterEnd).toBe(0);
        await finish(run);
        expect(await house.ledger.complete(run.id)).toBe(true);
        const rows = await all(house.ledger.history(run.id));
        expect(rows).toHaveLength(people);
        for (const row of rows) {
          expect(isEnded(row.state)).toBe(true);
          expect(row.steps.at(-1)?.state).toBe(row.state);
          let mayBeOut = false;
          for (const { state, detail } of row.steps) {
            if (state === 'handoff') {
              expect([row.steps, mayBeOut]).toEqual([row.steps, false]);
              mayBeOut = true;
            }
            // Only these say that it is not out, or that it goes again all the same.
            if (notOut.includes(state) || (state === 'planned' && (isResend(detail) || detail === 'retry')))
              mayBeOut = false;
          }
        }
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);

const notOut: readonly State[] = ['deferred', 'failed', 'bounced'];
const isResend = (detail: string | null) => detail === 'resend' || detail === 'lease-ended-after-handoff';
