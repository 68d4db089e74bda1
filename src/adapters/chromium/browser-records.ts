import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { identifyProcess, type ProcessIdentity } from '../process-identity.ts';

/** One browser of one process: who started it, who it is once it runs. Its folder holds its profile, too. */
export interface BrowserRecord {
  readonly dir: string;
  readonly profileDir: string;
  readonly parent: ProcessIdentity;
  readonly browser: ProcessIdentity | null;
}

const identity = z.object({ pid: z.number().int().positive(), startedAt: z.string() });
const schema = z.object({ parent: identity, browser: identity.nullable() });
const fileName = 'processes.json';

const recordsIn = (dataDir: string) => join(dataDir, 'browsers');

/** Written before the browser starts: whatever happens then, somebody will find its folder. */
export async function openRecord(dataDir: string): Promise<BrowserRecord> {
  const parent = await identifyProcess(process.pid);
  if (parent === undefined) throw new Error('this process cannot be identified');
  const dir = join(recordsIn(dataDir), randomUUID());
  await mkdir(dir, { recursive: true });
  const record = { dir, profileDir: join(dir, 'profile'), parent, browser: null };
  await write(record);
  return record;
}

export async function recordBrowser(record: BrowserRecord, pid: number): Promise<void> {
  await write({ ...record, browser: (await identifyProcess(pid)) ?? null });
}

/** With the profile. A browser that was just killed may still write for a moment. */
export async function removeRecord({ dir }: Pick<BrowserRecord, 'dir'>): Promise<void> {
  await rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

export async function readRecords(dataDir: string): Promise<readonly BrowserRecord[]> {
  const names = await readdir(recordsIn(dataDir)).catch(() => []);
  const records = await Promise.all(
    names.map(async (name): Promise<BrowserRecord[]> => {
      const dir = join(recordsIn(dataDir), name);
      const text = await readFile(join(dir, fileName), 'utf8').catch(() => 'null');
      const parsed = schema.safeParse(JSON.parse(text));
      return parsed.success ? [{ dir, profileDir: join(dir, 'profile'), ...parsed.data }] : [];
    }),
  );
  return records.flat();
}

async function write({ dir, parent, browser }: BrowserRecord): Promise<void> {
  const draft = join(dir, `${fileName}.draft`);
  await writeFile(draft, JSON.stringify({ parent, browser }));
  await rename(draft, join(dir, fileName));
}
