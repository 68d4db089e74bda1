import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { upsertProfiles } from '../../src/adapters/postgres/upsert-profiles.ts';
import { campaignSchema } from '../../src/campaign/campaign.ts';
import { readConfig } from '../../src/config.ts';
import { startRun } from '../../src/run/start-run.ts';
import { openWire, type Wire } from '../../src/shell/wire.ts';
import sample from '../../templates/statement/samples/ada-credit.json' with { type: 'json' };
import { testDatabase } from '../support/database.ts';
import { openSink, type Sink } from '../support/smtp-sink.ts';

const people = 400;

let made: Awaited<ReturnType<typeof testDatabase>>;
let dataDir: string;
let wire: Wire;
let sink: Sink;
let env: Record<string, string>;
const running: ChildProcess[] = [];

beforeAll(async () => {
  made = await testDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'dearly-workers-'));
  sink = await openSink();
  env = {
    DATABASE_URL: made.url,
    DEARLY_DATA_DIR: dataDir,
    DEARLY_SECRET: 'a secret that all workers have in common',
    SMTP_URL: sink.url,
  };
  wire = await openWire(readConfig(env));
  const { facts } = sample;
  await upsertProfiles(
    wire.db,
    Array.from({ length: people }, (_, index) => ({
      externalId: `P${index}`,
      email: `p${index}@example.com`,
      firstName: `Name${index}`,
      facts,
    })),
  );
});
afterAll(async () => {
  for (const worker of running) worker.kill('SIGKILL');
  await wire.close();
  await sink.close();
  await made.drop();
  await rm(dataDir, { recursive: true });
});

/** A real one, in a process of its own. */
function startWorker() {
  const worker = spawn(
    process.execPath,
    ['src/shell/cli/main.ts', 'worker', '--videos', '0', '--lease-seconds', '10', '--json'],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  running.push(worker);
  const [stdout, stderr] = [text(worker.stdout), text(worker.stderr)];
  return {
    kill: (signal: NodeJS.Signals) => worker.kill(signal),
    ended: once(worker, 'exit').then(async ([code]) => ({
      code,
      stderr: await stderr,
      json: (await stdout).trim(),
    })),
  };
}

async function sent(count: number): Promise<void> {
  await expect
    .poll(() => sink.messages.length, { timeout: 120_000, interval: 20 })
    .toBeGreaterThanOrEqual(count);
}

test('workers come and go, their connections break, and everybody is written to once', async () => {
  const campaign = campaignSchema.parse({
    name: 'statement',
    pack: 'statement',
    sender: 'nordlicht',
    // Slow enough that all of it happens on the way.
    throttle: { per_second: 60 },
  });
  const { run } = await startRun(
    { kind: 'campaign', name: 'statement', occurrence: randomUUID(), campaign },
    wire,
  );
  const [first, second] = [startWorker(), startWorker()];
  await sent(40);

  // What a restart of the server does to whoever is connected.
  const breakAll = sql`
    select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
  await breakAll.execute(wire.db);
  await sent(120);

  first.kill('SIGTERM');
  const drained = await first.ended;
  expect(drained.code).toBe(0);
  expect(drained.stderr).toContain('Stopping');
  expect(JSON.parse(drained.json).accepted).toBeGreaterThan(0);

  const third = startWorker();
  await sent(200);
  second.kill('SIGKILL');
  await second.ended;
  await expect
    .poll(async () => (await wire.ledger.find(run.id)).state, { timeout: 150_000, interval: 200 })
    .toBe('completed');
  third.kill('SIGTERM');
  expect((await third.ended).code).toBe(0);

  // The killed one may have had messages on their way: of those nobody can tell.
  const { byState, total } = await wire.ledger.tally(run.id);
  const unknown = byState.unknown ?? 0;
  expect(total).toBe(people);
  expect((byState.accepted ?? 0) + unknown).toBe(people);
  expect(unknown).toBeLessThanOrEqual(5);
  const got = sink.messages.map(({ to }) => to);
  expect(new Set(got).size).toBe(got.length);
  expect(got.length).toBeGreaterThanOrEqual(people - unknown);
}, 400_000);
