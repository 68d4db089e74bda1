import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { unsubscribe } from '../../src/adapters/postgres/unsubscribe.ts';
import { upsertProfiles } from '../../src/adapters/postgres/upsert-profiles.ts';
import { campaignSchema } from '../../src/campaign/campaign.ts';
import { readConfig } from '../../src/config.ts';
import { DearlyError } from '../../src/errors.ts';
import type { Claim, Ledger, Run } from '../../src/run/ledger.ts';
import { type OneTools, one } from '../../src/run/one.ts';
import type { Pace } from '../../src/run/pace/pace.ts';
import { openWire, type Wire } from '../../src/shell/wire.ts';
import sample from '../../templates/statement/samples/ada-credit.json' with { type: 'json' };
import { testDatabase } from '../support/database.ts';
import { all } from '../support/ledger.ts';
import { openSink, type Sink } from '../support/smtp-sink.ts';

let made: Awaited<ReturnType<typeof testDatabase>>;
let dataDir: string;
let wire: Wire;
let sink: Sink;

beforeAll(async () => {
  made = await testDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'dearly-one-'));
  sink = await openSink();
  wire = await openWire(readConfig({ DATABASE_URL: made.url, DEARLY_DATA_DIR: dataDir, SMTP_URL: sink.url }));
});
afterAll(async () => {
  await wire.close();
  await sink.close();
  await made.drop();
  await rm(dataDir, { recursive: true });
});
beforeEach(async () => {
  await sql`truncate profiles, runs, suppressions cascade`.execute(wire.db);
  sink.messages.length = 0;
  await upsertProfiles(wire.db, [
    { externalId: 'P', email: 'p@example.com', firstName: 'Pia', facts: sample.facts },
  ]);
});

const away = () => new DearlyError('database-unavailable', 'gone for a moment');
const free: Pace = {
  take: async () => ({ kind: 'go', confirm: async () => {}, end() {} }),
  heard: async () => {},
  paused: async () => null,
  rest: async () => null,
};

async function start(more: object = {}): Promise<{ run: Run; claim: Claim }> {
  const campaign = campaignSchema.parse({
    name: 'statement',
    pack: 'statement',
    composition: 'statement',
    sender: 'nordlicht',
    ...more,
  });
  const occurrence = { kind: 'campaign', name: 'statement', occurrence: randomUUID(), campaign } as const;
  const { run } = await wire.ledger.open(occurrence, { rule: true });
  const [claim] = await wire.ledger.claim(run.id, { limit: 1, leaseMs: 60_000 });
  if (claim === undefined) throw new Error('nobody was claimed');
  return { run, claim };
}

function toolsWith(ledger: Partial<Ledger>, more: Partial<OneTools> = {}): OneTools {
  return { ...wire, pace: free, ...more, ledger: { ...wire.ledger, ...ledger } };
}

const standing = async (run: Run) => (await all(wire.ledger.history(run.id)))[0];

describe('while the database is away', () => {
  test('a handoff nobody can tell of sends nothing, says so, and the next try is the only message', async () => {
    const { run, claim } = await start();
    const lost = toolsWith({
      async handOff(...handing) {
        await wire.ledger.handOff(...handing);
        throw away();
      },
    });
    await expect(one(claim, run.campaign, lost)).rejects.toMatchObject({ code: 'database-unavailable' });
    expect(sink.messages).toHaveLength(0);
    expect(await standing(run)).toMatchObject({ state: 'deferred', reason: 'not-handed-over' });
    await sql`update ledger set next_at = now()`.execute(wire.db);
    const [again] = await wire.ledger.claim(run.id, { limit: 1, leaseMs: 60_000 });
    if (again === undefined) throw new Error('it was not due again');
    expect(await one(again, run.campaign, toolsWith({}))).toBe('accepted');
    expect(sink.messages).toHaveLength(1);
  });

  test('the server’s answer is said until it is heard, once or twice', async () => {
    const { run, claim } = await start();
    let said = 0;
    const deaf = toolsWith({
      async settle(...answer) {
        said++;
        if (said === 1) throw away();
        const settled = await wire.ledger.settle(...answer);
        if (said === 2) throw away();
        return settled;
      },
    });
    await one(claim, run.campaign, deaf);
    expect(said).toBe(3);
    expect(await standing(run)).toMatchObject({ state: 'accepted' });
    expect(sink.messages).toHaveLength(1);
  });
});

describe('between claim and handoff', () => {
  const cases = [
    ['pause', async (run: Run) => wire.ledger.pause(run.id, 'by hand'), 'stopped', 'planned'],
    ['cancel', async (run: Run) => wire.ledger.cancel(run.id), 'stopped', 'cancelled'],
    [
      'unsubscribe',
      async (_run: Run, claim: Claim) =>
        unsubscribe(
          wire.db,
          { profileId: claim.profile?.id ?? '', purpose: 'service' },
          { at: new Date(), secret: wire.secret },
        ),
      'skipped',
      'skipped',
    ],
  ] as const;
  test.each(cases)('%s is seen, and nothing is sent', async (_name, act, settled, state) => {
    const { run, claim } = await start();
    const meanwhile: Pace = {
      ...free,
      async take() {
        await act(run, claim);
        return { kind: 'go', confirm: async () => {}, end() {} };
      },
    };
    expect(await one(claim, run.campaign, toolsWith({}, { pace: meanwhile }))).toBe(settled);
    expect((await standing(run))?.state).toBe(state);
    expect(sink.messages).toHaveLength(0);
  });

  test('whoever’s turn is far away is put off, and no try is counted', async () => {
    const { run, claim } = await start();
    const until = new Date(Date.now() + 3_600_000);
    const slow: Pace = { ...free, take: async () => ({ kind: 'later', until, why: 'domain-paused' }) };
    expect(await one(claim, run.campaign, toolsWith({}, { pace: slow }))).toBe('postponed');
    expect(await standing(run)).toMatchObject({ state: 'deferred', reason: 'domain-paused' });
    const dueInMs = Date.parse((await wire.ledger.nextDueAt(run.id)) ?? '') - Date.now();
    expect(Math.abs(dueInMs - 3_600_000)).toBeLessThan(10_000);
  });
});

describe('a process that slept past its lease, just before it would send', () => {
  const nobody = async () => {};
  const cases = [
    ['and nobody noticed', 'hold', nobody, 'deferred'],
    [
      'and the row is in doubt',
      'hold',
      async (run: Run) => void (await wire.ledger.recover(run.id)),
      'unknown',
    ],
    [
      'and another may send',
      'resend',
      async (run: Run) => void (await wire.ledger.recover(run.id)),
      'planned',
    ],
    [
      'and the run was cancelled',
      'hold',
      async (run: Run) => void (await wire.ledger.cancel(run.id)),
      'cancelled',
    ],
  ] as const;
  test.each(cases)('%s: sends nothing', async (_name, policy, act, state) => {
    const { run, claim } = await start({ on_unknown: policy });
    const sleepy: Pace = {
      ...free,
      async take() {
        const confirm = async () => {
          await wait(30);
          await act(run);
        };
        return { kind: 'go', confirm, end() {} };
      },
    };
    expect(await one({ ...claim, leaseMs: 20 }, run.campaign, toolsWith({}, { pace: sleepy }))).toBe('lost');
    expect((await standing(run))?.state).toBe(state);
    expect(sink.messages).toHaveLength(0);
  });
});

test('what is made ahead is asked for after the yes, and its failing changes nothing', async () => {
  const { run, claim } = await start({ channels: ['email', 'site', 'video', 'poster'] });
  const asked: unknown[] = [];
  const videos = {
    async ahead(...what: unknown[]) {
      asked.push(what[1]);
      throw new Error('no queue');
    },
  };
  expect(await one(claim, run.campaign, toolsWith({}, { videos }))).toBe('accepted');
  expect(asked).toEqual([['video', 'poster']]);
  const row = await standing(run);
  expect(row).toMatchObject({
    state: 'accepted',
    pack: { name: 'statement' },
    composition: { name: 'statement' },
  });
  expect(row?.dataVersion).toMatch(/^[\w-]{12}$/);
});
