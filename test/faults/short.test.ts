import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { faults } from './faults.ts';
import { play } from './play.ts';

// The same code as `npm run test:faults`, on fewer people. That one is the proof; this one tells soon that it would fail.
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dearly-short-faults-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.concurrent.for([
  ['kill-after-dot', 1],
  ['kill-after-250', 1],
  ['kill-at-completed', 2],
  ['cancel-at-half', 1],
] as const)('%s', { timeout: 240_000 }, async ([name, runs], { expect }) => {
  const fault = faults.find((it) => it.name === name);
  if (fault === undefined) throw new Error(`there is no fault ${name}`);
  const { signal } = new AbortController();
  const worker = { leaseMs: 3000 };
  const house = { folder, database: testDatabase };
  const { line, objections } = await play(fault, house, { runs, people: 150, signal, worker });
  expect(objections).toEqual([]);
  expect(line).toMatchObject({ runs, missing: 0, duplicates: 0, verdict: 'passed' });
});
