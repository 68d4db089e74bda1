// Enters: the records of browsers in the data folder. Leaves: nothing of those whose parent no longer runs.
// Never: a process that is not provably ours; a process id alone proves nothing.
import { readdir, readFile } from 'node:fs/promises';
import { commandOf, isRunning } from '../process-identity.ts';
import { type BrowserRecord, readRecords, removeRecord } from './browser-records.ts';

/** Ends browsers that killed processes left behind, and removes their profiles. Returns how many records there were. */
export async function reapBrowsers(dataDir: string): Promise<number> {
  let reaped = 0;
  for (const record of await readRecords(dataDir)) {
    if (await isRunning(record.parent)) continue;
    for (const pid of await processesOf(record)) kill(pid);
    await removeRecord(record);
    reaped += 1;
  }
  return reaped;
}

/**
 * The browser itself where it still runs, with its group; where it ended and left others of its group behind, or was never
 * recorded, those that name its profile or say that they are a browser's part.
 */
async function processesOf({ browser, profileDir }: BrowserRecord): Promise<readonly number[]> {
  if (browser !== null && (await isRunning(browser))) return [-browser.pid];
  const found: number[] = [];
  for (const { pid, group } of await listProcesses()) {
    const command = await commandOf(pid);
    const ofGroup = browser !== null && group === browser.pid && command.includes(' --type=');
    if (ofGroup || command.includes(`--user-data-dir=${profileDir}`)) found.push(pid);
  }
  return found;
}

/** Linux only; elsewhere a browser that runs is found by its record, and its parts end with it. */
async function listProcesses(): Promise<readonly { readonly pid: number; readonly group: number }[]> {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(
    ids.map(async (id) => {
      const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
      // Behind the name in parentheses: state, parent, group.
      const group = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
      return { pid: Number(id), group };
    }),
  );
  return all.filter(({ group }) => group > 1);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}
