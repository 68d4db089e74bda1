import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { upsertProfiles } from '../../src/adapters/postgres/upsert-profiles.ts';
import { parseCampaign } from '../../src/campaign/read-campaign.ts';
import { readConfig } from '../../src/config.ts';
import type { Consents, ProfilePatch } from '../../src/profile/profile.ts';
import { startRun } from '../../src/run/start-run.ts';
import { workRun } from '../../src/run/work-run.ts';
import { openWire, type Wire } from '../../src/shell/wire.ts';
import sample from '../../templates/statement/samples/ada-credit.json' with { type: 'json' };
import { testDatabase } from '../support/database.ts';
import { openSink, type Sink } from '../support/smtp-sink.ts';

let made: Awaited<ReturnType<typeof testDatabase>>;
let dataDir: string;
let wire: Wire;
let sink: Sink;
beforeAll(async () => {
  made = await testDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'dearly-campaigns-'));
  sink = await openSink();
  wire = await openWire(readConfig({ DATABASE_URL: made.url, DEARLY_DATA_DIR: dataDir, SMTP_URL: sink.url }));
  const marketing = (granted: boolean): Consents => ({
    marketing: { granted, at: '2026-01-01T00:00:00Z', source: 'import' },
  });
  const requested = { newsletterRequestedAt: '2026-11-03T08:30:00Z' };
  const person = (externalId: string, rest: Partial<ProfilePatch>): ProfilePatch => ({
    externalId,
    email: `${externalId}@example.com`,
    ...rest,
  });
  await upsertProfiles(wire.db, [
    person('agreed', { consents: marketing(true), facts: sample.facts }),
    person('agreed-and-asked', { consents: marketing(true), facts: { ...sample.facts, ...requested } }),
    person('refused', { consents: marketing(false), facts: sample.facts }),
    person('never-said', { facts: sample.facts }),
    person('asked', { facts: requested }),
    person('asked-after-a-no', { consents: marketing(false), facts: requested }),
  ]);
});
afterAll(async () => {
  await wire.close();
  await sink.close();
  await made.drop();
  await rm(dataDir, { recursive: true });
});

test.each([
  ['offer', ['agreed', 'agreed-and-asked']],
  ['welcome', ['asked', 'asked-after-a-no']],
])('%s reaches those it is for, and nobody else', async (name, reached) => {
  sink.messages.length = 0;
  const file = `examples/campaigns/${name}.yaml`;
  const campaign = parseCampaign(await readFile(file, 'utf8'), file);
  const { run } = await startRun({ kind: 'campaign', name, occurrence: '1', campaign }, wire);
  await workRun(run.id, wire, { concurrency: 1 });
  expect((await wire.ledger.tally(run.id)).byState).toEqual({ accepted: reached.length });
  expect(sink.messages.map((it) => it.to.split('@')[0]).sort()).toEqual(reached);
});
