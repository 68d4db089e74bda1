import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { verifyKey } from '../../../src/adapters/postgres/api-keys.ts';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { importCommand } from '../../../src/shell/cli/import.ts';
import { keyCommand } from '../../../src/shell/cli/key.ts';
import { profileCommand } from '../../../src/shell/cli/profile.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';
import { runCommand as run } from '../../support/run-command.ts';

let database: TestDatabase;
let db: Database;
let folder: string;

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url);
  folder = await mkdtemp(join(tmpdir(), 'dearly-cli-'));
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubEnv('DEARLY_DATA_DIR', folder);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await db.destroy();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

describe('dearly profile', () => {
  it('shows, exports and erases whom dearly import brought', async () => {
    const path = join(folder, 'one.csv');
    await writeFile(path, 'external_id,email,household_size\nK1,ada@kunde.example,2\nK2,ada,2\n');
    expect((await run(importCommand(), path)).exit).toBe(4);
    const shown = await run(profileCommand(), 'show', 'K1');
    expect(JSON.parse(shown.out)).toMatchObject({ externalId: 'K1', facts: { householdSize: 2 } });
    const exported = await run(profileCommand(), 'export', JSON.parse(shown.out).id);
    expect(JSON.parse(exported.out)).toMatchObject({
      profile: { externalId: 'K1' },
      snapshots: [],
      ledger: [],
      events: [],
    });

    const refused = await run(profileCommand(), 'erase', 'K1');
    expect(refused).toMatchObject({ exit: 3, err: expect.stringContaining('--yes') });
    expect((await run(profileCommand(), 'erase', 'K1', '--yes')).exit).toBe(0);
    expect((await run(profileCommand(), 'show', 'K1')).exit).toBe(3);
    expect((await run(profileCommand(), 'erase', 'K1', '--yes')).exit).toBe(3);
  });

  it('ends in 3 where a file cannot be read or no row is good', async () => {
    expect((await run(importCommand(), join(folder, 'nowhere.csv'))).exit).toBe(3);
    await writeFile(join(folder, 'bad.csv'), 'external_id,email\nK2,ada\n');
    expect((await run(importCommand(), join(folder, 'bad.csv'))).exit).toBe(3);
  });
});

describe('dearly key', () => {
  it('shows a key once, lists it without its secret, and ends it', async () => {
    const made = await run(keyCommand(), 'create', '--name', 'crm', '--scope', 'profiles,events');
    const key = made.out.trim();
    expect(await verifyKey(db, key, 'events')).toMatchObject({ name: 'crm', scopes: ['profiles', 'events'] });
    const id = key.split('_')[1] ?? '';
    const listed = await run(keyCommand(), 'list');
    expect(listed.out).toContain(id);
    expect(listed.out).not.toContain(key.slice(-43));
    expect((await run(keyCommand(), 'revoke', id)).exit).toBe(0);
    await expect(verifyKey(db, key, 'events')).rejects.toMatchObject({ code: 'key-denied' });
    expect((await run(keyCommand(), 'revoke', 'nothing')).exit).toBe(3);
  });
});
