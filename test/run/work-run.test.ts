import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { upsertProfiles } from '../../src/adapters/postgres/upsert-profiles.ts';
import { openSmtpTransport } from '../../src/adapters/smtp/smtp-transport.ts';
import { campaignSchema } from '../../src/campaign/campaign.ts';
import { readConfig } from '../../src/config.ts';
import type { Settled } from '../../src/run/one.ts';
import { startRun } from '../../src/run/start-run.ts';
import { workRun } from '../../src/run/work-run.ts';
import { openWire, type Wire } from '../../src/shell/wire.ts';
import sample from '../../templates/statement/samples/ada-credit.json' with { type: 'json' };
import { testDatabase } from '../support/database.ts';
import { openSink, type Sink, smtpError } from '../support/smtp-sink.ts';

let made: Awaited<ReturnType<typeof testDatabase>>;
let dataDir: string;
let wire: Wire;
let sink: Sink;
const refusals = new Map<string, { at: 'rcpt' | 'data'; code: number }>();

beforeAll(async () => {
  made = await testDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'dearly-run-'));
  const answer = (at: 'rcpt' | 'data') => (to: string) => {
    const refusal = refusals.get(to);
    return refusal?.at === at ? smtpError(refusal.code, `refused <${to}>`) : null;
  };
  sink = await openSink({ atRcpt: answer('rcpt'), afterData: answer('data') });
  const config = readConfig({ DATABASE_URL: made.url, DEARLY_DATA_DIR: dataDir, SMTP_URL: sink.url });
  wire = await openWire(config);
});
afterAll(async () => {
  await wire.close();
  await sink.close();
  await made.drop();
  await rm(dataDir, { recursive: true });
});
beforeEach(async () => {
  await sql`truncate profiles, runs, suppressions, rates, domain_pauses cascade`.execute(wire.db);
  sink.messages.length = 0;
  refusals.clear();
  const { facts } = sample;
  await upsertProfiles(wire.db, [
    ...Array.from({ length: 30 }, (_, index) => ({
      externalId: `P${index}`,
      email: `p${index}@example.com`,
      firstName: `Name${index}`,
      facts,
    })),
    { externalId: 'no-address', facts },
    { externalId: 'no-readings', email: 'empty@example.com' },
    { externalId: 'bad-address', email: 'jürgen@example.com', facts },
    {
      externalId: 'no-consent',
      email: 'no@example.com',
      consents: { service: { granted: false, at: '2026-01-01T00:00:00Z', source: 'import' } },
      facts,
    },
  ]);
});

async function start() {
  const campaign = campaignSchema.parse({ name: 'statement', pack: 'statement', sender: 'nordlicht' });
  const { run } = await startRun(
    { kind: 'campaign', name: 'statement', occurrence: randomUUID(), campaign },
    wire,
  );
  return run;
}

test('a campaign that attaches what its pack does not offer is told before it starts', async () => {
  const campaign = campaignSchema.parse({
    name: 'statement',
    pack: 'statement',
    sender: 'nordlicht',
    attachments: ['invoice'],
  });
  const occurrence = { kind: 'campaign', name: 'statement', occurrence: randomUUID(), campaign } as const;
  await expect(startRun(occurrence, wire)).rejects.toMatchObject({
    code: 'campaign-invalid',
    details: ['attachments.0: the pack statement has no attachment invoice; it has usage, statement, poster'],
  });
});

describe('workRun', () => {
  test('writes to everyone once, skips with reasons, and completes', async () => {
    const run = await start();
    expect(await workRun(run.id, wire, { concurrency: 5 })).toEqual({ completed: true, nextDueAt: null });
    expect(await wire.ledger.tally(run.id)).toEqual({
      total: 34,
      byState: { accepted: 30, skipped: 4 },
      skipped: { 'no-address': 1, 'no-consent': 1, 'incomplete-data': 1, 'bad-address': 1 },
      open: 0,
    });
    expect(new Set(sink.messages.map(({ to }) => to)).size).toBe(30);
    expect(sink.messages).toHaveLength(30);
    await workRun(run.id, wire, { concurrency: 5 });
    expect(sink.messages).toHaveLength(30);
  });

  test('several workers on one run share it without a second copy', async () => {
    const run = await start();
    await Promise.all([1, 2, 3].map(() => workRun(run.id, wire, { concurrency: 3 })));
    expect(sink.messages).toHaveLength(30);
    expect((await wire.ledger.find(run.id)).state).toBe('completed');
  });

  test('stops when asked, gives back what it holds, and another goes on', async () => {
    const run = await start();
    const abort = new AbortController();
    const settled: Settled[] = [];
    await workRun(run.id, wire, {
      concurrency: 2,
      signal: abort.signal,
      onSettled: (it) => {
        settled.push(it);
        if (settled.length === 7) abort.abort();
      },
    });
    const { byState } = await wire.ledger.tally(run.id);
    expect(byState.claimed ?? 0).toBe(0);
    expect(byState.planned ?? 0).toBeGreaterThan(15);
    await workRun(run.id, wire, { concurrency: 5 });
    expect(new Set(sink.messages.map(({ messageId }) => messageId)).size).toBe(30);
    expect(sink.messages).toHaveLength(30);
  });

  test('450 is put off, 550 bounces and is suppressed, and neither holds the others up', async () => {
    refusals
      .set('p1@example.com', { at: 'rcpt', code: 450 })
      .set('p2@example.com', { at: 'rcpt', code: 550 });
    const run = await start();
    const worked = await workRun(run.id, wire, { concurrency: 5 });
    expect(worked.completed).toBe(false);
    expect(Date.parse(worked.nextDueAt ?? '')).toBeGreaterThan(Date.now());
    expect((await wire.ledger.tally(run.id)).byState).toEqual({
      accepted: 28,
      deferred: 1,
      bounced: 1,
      skipped: 4,
    });
    const [entry] = await wire.db.selectFrom('suppressions').selectAll().execute();
    expect(entry?.reason).toBe('hard-bounce');

    refusals.clear();
    await sql`update ledger set next_at = now() where state = 'deferred'`.execute(wire.db);
    expect((await workRun(run.id, wire, { concurrency: 5 })).completed).toBe(true);
    expect(sink.messages.filter(({ to }) => to === 'p1@example.com')).toHaveLength(1);
  });

  test('content that the server refuses pauses the campaign', async () => {
    for (let index = 0; index < 30; index++) refusals.set(`p${index}@example.com`, { at: 'data', code: 554 });
    const run = await start();
    await workRun(run.id, wire, { concurrency: 1 });
    expect((await wire.ledger.find(run.id)).state).toBe('paused');
    expect(sink.messages).toHaveLength(0);
  });

  test('a mail server that is not there is asked by a few, and the others wait for it', async () => {
    const nobody = await openSink();
    await nobody.close();
    const transport = openSmtpTransport(nobody.url);
    const run = await start();
    const worked = await workRun(run.id, { ...wire, transport }, { concurrency: 5 });
    await transport.close();
    expect(Date.parse(worked.nextDueAt ?? '')).toBeGreaterThan(Date.now() - 1000);
    const { byState, open } = await wire.ledger.tally(run.id);
    expect(open).toBe(34 - (byState.skipped ?? 0));
    expect(byState).not.toHaveProperty('failed');

    await sql`truncate domain_pauses`.execute(wire.db);
    await sql`update ledger set next_at = now() where ended_at is null`.execute(wire.db);
    await workRun(run.id, wire, { concurrency: 5 });
    expect((await wire.ledger.tally(run.id)).byState).toEqual({ accepted: 30, skipped: 4 });
    expect(sink.messages).toHaveLength(30);
  });
});
