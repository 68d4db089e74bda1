import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { findProfile } from '../../../src/adapters/postgres/find-profile.ts';
import { countMembers, selectMembers } from '../../../src/adapters/postgres/select-members.ts';
import { upsertProfiles } from '../../../src/adapters/postgres/upsert-profiles.ts';
import type { ProfilePatch } from '../../../src/profile/profile.ts';
import { openAll, runImport } from '../../../src/shell/cli/import.ts';
import statement from '../../../templates/statement/contract.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';

const contracts = [{ name: 'statement', data: statement.data }];
const header = 'external_id,email,first_name,consent_marketing,household_size,city';
let database: TestDatabase;
let db: Database;
let folder: string;
let out: string;
let err: string;

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url);
  folder = await mkdtemp(join(tmpdir(), 'dearly-import-'));
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await db.deleteFrom('profiles').execute();
});

async function run(
  paths: readonly string[],
  options: Parameters<typeof runImport>[1] = {},
  seen: ProfilePatch[][] = [],
) {
  out = '';
  err = '';
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += String(text);
      return true;
    }),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      err += String(text);
      return true;
    }),
  ];
  try {
    const sources = await openAll(paths);
    return await runImport(sources, options, {
      contracts,
      now: () => new Date('2026-11-22T08:00:00Z'),
      keep: (patches) => {
        seen.push([...patches]);
        return upsertProfiles(db, patches);
      },
    });
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

async function file(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

describe('the examples', () => {
  const paths = ['customers.csv', 'readings.ndjson'].map((name) =>
    fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url)),
  );

  it('join into one profile each, fit for the statement, and change nothing the second time', async () => {
    expect(await run(paths, { json: true })).toBe(0);
    expect(JSON.parse(out)).toEqual({
      rows: 500,
      goodRows: 500,
      badRows: 0,
      added: 250,
      changed: 250,
      unchanged: 0,
      notes: [],
    });
    const people = await selectMembers(db, true);
    expect(people).toHaveLength(250);
    for (const { facts } of people) expect(statement.data.safeParse(facts).success).toBe(true);
    expect(people.filter((it) => it.email === null)).toHaveLength(4);

    expect(await run(paths, { json: true })).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ added: 0, changed: 0, unchanged: 500 });
    expect(await selectMembers(db, true)).toEqual(people);
  });
});

describe('bad rows', () => {
  it('are told with line, column and reason, the good ones are kept: exit 4', async () => {
    const path = await file(
      'some.csv',
      `${header}\nK1,ada@kunde.example,Ada,ja,2,Kiel\nK2,not-an-address,Bob,perhaps,2,Kiel\nK3,c@kunde.example,"Cy\nLine",,99,Kiel\n,,,,,\nK5,e@kunde.example,"=cmd|'x'!A1",,1,"""Köln"""\n`,
    );
    expect(await run([path], { errors: join(folder, 'refused.ndjson') })).toBe(4);
    expect(out).toBe('2 rows good, 3 refused; profiles: 2 new, 0 changed, 0 as they were\n');
    expect(err).toMatch(/3 +email +expected an email address/);
    expect(err).not.toContain('not-an-address');
    const refused = (await readFile(join(folder, 'refused.ndjson'), 'utf8'))
      .trim()
      .split('\n')
      .map((it) => JSON.parse(it));
    expect(refused.map((it) => [it.file, it.line, it.column])).toEqual([
      ['some.csv', 3, 'email'],
      ['some.csv', 3, 'consent_marketing'],
      ['some.csv', 4, 'first_name'],
      ['some.csv', 4, 'household_size'],
      ['some.csv', 6, 'external_id'],
    ]);
    expect(await findProfile(db, { externalId: 'K5' })).toMatchObject({
      firstName: "=cmd|'x'!A1",
      facts: { city: '"Köln"' },
    });
    expect(await findProfile(db, { externalId: 'K2' })).toBeNull();
  });

  it('that are all there is end in exit 3, nothing written', async () => {
    const path = await file('all.csv', `${header}\nK1,x,,,,\nK2,y,,,,\n`);
    expect(await run([path])).toBe(3);
    expect(await countMembers(db, true)).toBe(0);
  });

  it('show the first twenty and say where the rest is', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => `K${index},x,,,,`);
    expect(await run([await file('many.csv', `${header}\n${rows.join('\n')}\nK99,,,,,\n`)])).toBe(4);
    expect(err.match(/expected an email/g)).toHaveLength(20);
    expect(err).toContain('--errors FILE');
  });
});

describe('an import', () => {
  it('writes nothing when one of its files cannot be read', async () => {
    const good = await file('good.csv', `${header}\nK1,,,,,\n`);
    await expect(run([good, join(folder, 'nowhere.csv')])).rejects.toMatchObject({
      code: 'file-unreadable',
      kind: 'input',
    });
    expect(await countMembers(db, true)).toBe(0);
  });

  it('notes columns nobody asks for, and customers that stand twice', async () => {
    const path = await file('notes.csv', 'external_id,shoe_size,first_name\nK1,42,A\nK1,43,B\n');
    expect(await run([path])).toBe(0);
    expect(err).toContain('column shoe_size: no pack asks for it, left out');
    expect(err).toContain('1 rows repeat a customer');
    expect(await findProfile(db, { externalId: 'K1' })).toMatchObject({ firstName: 'B', facts: {} });
  });

  it('leaves an unsubscription as it is', async () => {
    const marketing = { granted: false, at: '2026-11-21T00:00:00.000Z', source: 'unsubscribe' };
    await upsertProfiles(db, [{ externalId: 'K1', consents: { marketing } }]);
    expect(await run([await file('consent.csv', `${header}\nK1,,,yes,,\n`)])).toBe(0);
    expect((await findProfile(db, { externalId: 'K1' }))?.consents.marketing).toEqual(marketing);
  });

  it('writes nothing in a dry run', async () => {
    const sources = await openAll([await file('dry.csv', `${header}\nK1,,,,,\n`)]);
    const keep = async () => ({ added: 0, changed: 0, unchanged: 0 });
    const spy = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    expect(await runImport(sources, { dryRun: true }, { contracts, keep, now: () => new Date() })).toBe(0);
    expect(spy).toHaveBeenCalledWith('1 rows good, 0 refused; nothing written (dry run)\n');
    spy.mockRestore();
  });

  it('says how far it came when it is stopped, and goes on when it is said again', async () => {
    const rows = Array.from({ length: 5000 }, (_, index) => `K${index},,,,,`);
    const path = await file('stopped.csv', `${header}\n${rows.join('\n')}\n`);
    let batches = 0;
    const keep = async (patches: readonly ProfilePatch[]) => {
      if (batches++ === 1) throw new Error('Ctrl-C');
      return await upsertProfiles(db, patches);
    };
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const sources = await openAll([path]);
    const tools = { contracts, now: () => new Date(), keep };
    await expect(runImport(sources, {}, tools)).rejects.toThrow('Ctrl-C');
    expect(said.mock.calls.join('')).toContain('The first 2000 good rows are kept, each whole.');
    said.mockRestore();
    for (const source of sources) await source.close();
    expect(await countMembers(db, true)).toBe(2000);
    expect(await run([path])).toBe(0);
    expect(out).toContain('3000 new, 0 changed, 2000 as they were');
  });

  it('holds no more than a batch of a large file', async () => {
    const rows = Array.from(
      { length: 50_000 },
      (_, index) => `K${index},k${index}@kunde.example,Ada,ja,2,"Kiel, Förde"`,
    );
    const path = await file('large.csv', `${header}\n${rows.join('\n')}\n`);
    const [source] = await openAll([path]);
    if (!source) throw new Error('not opened');
    const batches: { rows: number; ahead: number }[] = [];
    let kept = 0;
    await runImport(
      [source],
      {},
      {
        contracts,
        now: () => new Date(),
        keep: (patches) => {
          kept += patches.length;
          const behind = (kept / rows.length) * source.sizeBytes;
          batches.push({ rows: patches.length, ahead: source.bytesRead() - behind });
          return upsertProfiles(db, patches);
        },
      },
    );
    expect(Math.max(...batches.map((it) => it.rows))).toBe(2000);
    // What was read and not yet kept: a stretch of the stream's own buffer, never the file.
    expect(Math.max(...batches.map((it) => it.ahead))).toBeLessThan(source.sizeBytes / 4);
    expect(await countMembers(db, true)).toBe(50_000);
  });
});
