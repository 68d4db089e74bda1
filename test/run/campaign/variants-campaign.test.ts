import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordEvents } from '../../../src/adapters/postgres/record-events.ts';
import { upsertProfiles } from '../../../src/adapters/postgres/upsert-profiles.ts';
import { campaignSchema } from '../../../src/campaign/campaign.ts';
import { readConfig } from '../../../src/config.ts';
import { assign } from '../../../src/decide/assign.ts';
import { mergePage } from '../../../src/merge/merge-page.ts';
import type { Snapshot } from '../../../src/merge/snapshot.ts';
import { reportOf } from '../../../src/run/campaign/report.ts';
import { startRun } from '../../../src/run/start-run.ts';
import { describeReport } from '../../../src/shell/cli/report-text.ts';
import { takeJobs } from '../../../src/shell/cli/run-jobs.ts';
import { sendRun } from '../../../src/shell/cli/send-run.ts';
import { reportSchema } from '../../../src/shell/http/api/report-schema.ts';
import { openWire, type Wire } from '../../../src/shell/wire.ts';
import { makeLinks } from '../../../src/track/make-links.ts';
import sample from '../../../templates/statement/samples/ada-credit.json' with { type: 'json' };
import { testDatabase } from '../../support/database.ts';
import { openSink, type Sink } from '../../support/smtp-sink.ts';

const people = 400;
const yes = { granted: true, at: '2026-01-01T00:00:00Z', source: 'import' };
const blocks = ['tips', 'bill'];
const scenes = ['greeting', 'cost', 'closing'];

let made: Awaited<ReturnType<typeof testDatabase>>;
let dataDir: string;
let wire: Wire;
let sink: Sink;
/** How far the wire's clock is ahead: hours of waiting pass by setting it. */
let aheadMs = 0;
const stop = new AbortController();
const faults: unknown[] = [];

beforeAll(async () => {
  made = await testDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'dearly-variants-'));
  sink = await openSink();
  const config = readConfig({ DATABASE_URL: made.url, DEARLY_DATA_DIR: dataDir, SMTP_URL: sink.url });
  wire = { ...(await openWire(config)), now: () => new Date(Date.now() + aheadMs) };
  await upsertProfiles(
    wire.db,
    Array.from({ length: people }, (_, index) => ({
      externalId: `P${index}`,
      email: `p${index}@example.com`,
      firstName: `Name${index}`,
      facts: sample.facts,
      // One in ten may not be counted.
      ...(index % 10 > 0 && { consents: { tracking: yes } }),
    })),
  );
});
afterAll(async () => {
  stop.abort();
  await wire.close();
  await sink.close();
  await made.drop();
  await rm(dataDir, { recursive: true });
});

const campaign = campaignSchema.parse({
  name: 'statement',
  pack: 'statement',
  composition: 'statement',
  sender: 'nordlicht',
  variants: [{ name: 'plain' }, { name: 'reasons', subject: 'why', blocks, scenes }],
  sample: { share: 0.2 },
  holdout: 0.1,
});

async function start(more: object = {}) {
  const it = campaignSchema.parse({ ...campaign, ...more });
  return (await startRun({ kind: 'campaign', name: it.name, occurrence: randomUUID(), campaign: it }, wire))
    .run;
}

interface Row {
  readonly id: string;
  readonly profile_id: string;
  readonly email: string;
  readonly phase: string | null;
  readonly variant: string | null;
  readonly state: string;
  readonly snapshot: Snapshot | null;
}

async function rowsOf(runId: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select ledger.id, ledger.profile_id, email, phase, variant, ledger.state, body as snapshot
    from ledger join profiles on profiles.id = ledger.profile_id left join snapshots on snapshots.id = snapshot_id
    where run_id = ${runId}`.execute(wire.db);
  return rows;
}

async function act(rows: readonly Row[], kind: 'click' | 'conversion', machine = false): Promise<void> {
  const at = wire.now().toISOString();
  const events = rows.map((row) => ({
    key: randomUUID(),
    snapshotId: null,
    rowId: row.id,
    kind,
    machine,
    at,
    data: {},
  }));
  expect(await recordEvents(wire.db, events)).toBe(rows.length);
}

/** Workers are at it all the while; nothing here hurries them. */
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    expect(faults).toEqual([]);
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`still not: ${what}`);
}

test('the sample gets both variants, the better one goes to the rest by itself, and the held-out get nothing', async () => {
  await takeJobs(wire, {
    signal: stop.signal,
    onFault: (what, error) => faults.push(what, error),
    tickMs: 200,
  });
  const run = await start();
  await wire.queue.wakeRun(run.id);
  const all = await rowsOf(run.id);
  const of = (rows: readonly Row[], phase: string | null) => rows.filter((row) => row.phase === phase);
  await until('the sample is out', async () =>
    of(await rowsOf(run.id), 'sample').every((it) => it.state === 'accepted'),
  );
  const sampled = of(await rowsOf(run.id), 'sample');
  expect(sink.messages.map(({ to }) => to).sort()).toEqual(sampled.map(({ email }) => email).sort());

  // Scanners click on everything of the one, people on the other.
  const sent = (variant: string) => sampled.filter((row) => row.variant === variant);
  await act(sent('plain'), 'click', true);
  const clicking = sent('reasons').filter((row) => row.snapshot?.tracking);
  await act(clicking, 'click');
  expect((await wire.ledger.find(run.id)).winner).toBeNull();
  aheadMs = 3 * 3_600_000;
  await until('everybody has ended', async () => (await wire.ledger.find(run.id)).endedAt !== null);
  expect((await wire.ledger.find(run.id)).winner).toBe('reasons');

  // Everyone once; who was held out, not at all; each as it was drawn, the rest as it was won.
  const ended = await rowsOf(run.id);
  const heldOut = ended.filter((row) => row.state === 'skipped');
  expect(heldOut.length).toBeGreaterThan(15);
  const reached = ended.filter((row) => row.state === 'accepted');
  expect(reached.length + heldOut.length).toBe(people);
  expect(sink.messages.map(({ to }) => to).sort()).toEqual(reached.map(({ email }) => email).sort());
  for (const row of ended) {
    const drawn = assign(run.id, campaign, row.profile_id);
    expect(row.variant).toBe(drawn.holdout ? null : (drawn.variant ?? 'reasons'));
    expect(row.snapshot?.variant ?? null).toBe(row.variant);
  }
  expect(all).toHaveLength(people);
  expect(of(ended, 'rest').length).toBeGreaterThan(200);

  // In every channel alike.
  const pack = await wire.shelf.pack('statement');
  const sender = await wire.shelf.sender('nordlicht');
  const assets = { scriptUrl: '/s.js', nonce: 'n' };
  for (const [phase, variant] of [
    ['sample', 'plain'],
    ['sample', 'reasons'],
    ['rest', 'reasons'],
  ] as const) {
    const row = reached.find((it) => it.phase === phase && it.variant === variant);
    if (!row?.snapshot) throw new Error(`nobody of the ${phase} has ${variant}`);
    const links = makeLinks(wire.secret, row.snapshot, wire.origins());
    const page = mergePage(row.snapshot, pack, { links, sender, assets });
    const mail = await simpleParser(sink.messages.find(({ to }) => to === row.email)?.raw ?? '');
    const isPlain = variant === 'plain';
    expect(mail.subject).toMatch(isPlain ? /bekommst/ : /Strom/);
    // The chat of the page may name the usage in an answer; a block that is left out has no heading.
    const headings = [...page.matchAll(/<h2[^>]*>([^<]*)<\/h2>/g)].map(([, words]) => words).join('\n');
    for (const text of [headings, String(mail.html), mail.text ?? '']) {
      const titles = ['Deine Abrechnung', 'Dein Verbrauch', 'Was du tun kannst'].map((it) =>
        text.indexOf(it),
      );
      const [bill = 0, usage = 0, tips = 0] = titles;
      if (isPlain) expect([bill < usage, usage < tips, bill > 0]).toEqual([true, true, true]);
      else expect([tips < bill, usage, tips > 0]).toEqual([true, -1, true]);
    }
    const film = row.snapshot.storyboard?.scenes.map(({ id }) => id) ?? [];
    if (isPlain) expect(film.length).toBeGreaterThan(scenes.length);
    else expect(film).toEqual(scenes);
  }

  // What came of it.
  await act(heldOut.slice(0, 1), 'conversion');
  await act(
    reached.filter((_, index) => index % 4 === 0),
    'conversion',
  );
  const report = await reportOf(run.id, wire);
  expect(report.sample).toMatchObject({ winner: 'reasons', chosenBy: 'evidence', by: 'clicks' });
  const [plain, reasons] = report.variants;
  expect(plain?.clicks).toMatchObject({
    people: sent('plain').filter((it) => it.snapshot?.tracking).length,
    hits: 0,
  });
  expect(reasons?.clicks).toMatchObject({ people: clicking.length, hits: clicking.length, rate: 1 });
  expect(reasons?.clicks.probabilityBest).toBeGreaterThan(0.999);
  expect(plain?.rest).toBeNull();
  expect(reasons?.rest?.accepted).toBe(of(ended, 'rest').length);
  expect(report.holdout).toMatchObject({
    heldOut: { people: heldOut.length, hits: 1 },
    others: { people: reached.length, hits: Math.ceil(reached.length / 4) },
    uplift: { isClear: true },
  });
  // What the API says of it lacks nothing.
  expect(reportSchema.parse(report)).toEqual(report);
  const text = describeReport(report);
  expect(text).toContain('The rest gets reasons');
  expect(text).toMatch(/held out +\d+ +1 /);
});

test('whoever has had enough is skipped by the next campaign, and quiet hours put everybody off without a try', async () => {
  const capped = await start({
    name: 'second',
    holdout: 0,
    sample: null,
    frequency_cap: { messages: 1, days: 7 },
  });
  await wire.queue.wakeRun(capped.id);
  await until('the second has ended', async () => (await wire.ledger.find(capped.id)).endedAt !== null);
  const before = sink.messages.length;
  const rows = await rowsOf(capped.id);
  const written = rows.filter((row) => row.state === 'accepted');
  // The first one's held-out, and nobody else.
  expect(written.every((row) => assign(randomUUID(), campaign, row.profile_id).holdout)).toBe(true);
  const { byState, skipped } = await wire.ledger.tally(capped.id);
  expect(byState).toEqual({ accepted: written.length, skipped: people - written.length });
  expect(skipped).toEqual({ 'frequency-cap': people - written.length });

  const clock = (hours: number) =>
    new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Berlin',
      hour: '2-digit',
      minute: '2-digit',
    }).format(new Date(wire.now().getTime() + hours * 3_600_000));
  const quiet = await start({
    name: 'third',
    holdout: 0,
    sample: null,
    quiet_hours: { from: clock(-1), until: clock(2) },
  });
  await wire.queue.wakeRun(quiet.id);
  await until('all are put off', async () => (await wire.ledger.tally(quiet.id)).byState.deferred === people);
  // By distances: to the minute all are put off alike.
  const { rows: waits } = await sql<{ reason: string; tries: number; at: Date }>`
    select distinct reason, tries, date_trunc('minute', next_at + interval '30 seconds') as at
      from ledger where run_id = ${quiet.id}`.execute(wire.db);
  expect(waits).toEqual([{ reason: 'quiet-hours', tries: 0, at: expect.any(Date) }]);
  expect(clock((Number(waits[0]?.at) - wire.now().getTime()) / 3_600_000)).toBe(clock(2));
  expect(await wire.ledger.cancel(quiet.id)).toBe(people);
  expect(sink.messages).toHaveLength(before);
});

test('a run on the command line, without a worker, names its winner as well', async () => {
  stop.abort();
  // None of them may be counted, so there is nothing to wait for.
  const audience = { not: { field: 'consent.tracking', op: 'eq', value: true } };
  const run = await start({ name: 'fourth', holdout: 0, sample: { share: 0.5 }, audience });
  const summary = await sendRun(run.id, wire, { signal: new AbortController().signal });
  expect(summary).toMatchObject({ profiles: people / 10, accepted: people / 10, open: 0 });
  expect((await reportOf(run.id, wire)).sample).toMatchObject({ winner: 'plain', chosenBy: 'no-people' });
});
