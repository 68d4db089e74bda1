import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { identifyProcess, isRunning } from '../../process-identity.ts';

let registrations = 0;

/** Notes that this process uses the server; the returned path is the note. To be called under the lock. */
export async function register(registry: string): Promise<string> {
  const folder = join(registry, 'users');
  await mkdir(folder, { recursive: true });
  registrations += 1;
  const note = join(folder, `${process.pid}-${registrations}.json`);
  await writeFile(note, JSON.stringify(await identifyProcess(process.pid)));
  return note;
}

/** How many notes are of processes that still run. With `prune` (under the lock only) the others are deleted. */
export async function countUsers(registry: string, prune = false): Promise<number> {
  const folder = join(registry, 'users');
  let users = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    const note = join(folder, name);
    if (await isOfLiving(note)) users += 1;
    else if (prune) await rm(note, { force: true });
  }
  return users;
}

async function isOfLiving(note: string): Promise<boolean> {
  try {
    return await isRunning(JSON.parse(await readFile(note, 'utf8')));
  } catch {
    // Cut short by a kill while it was written: its process does not run any more.
    return false;
  }
}
