import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

export interface Process {
  readonly pid: number;
  readonly group: number;
  readonly command: string;
}

/** Processes that run (not those that ended and wait to be collected) whose command line or group says they belong to a data folder's browsers. */
export async function browsersOf(dataDir: string): Promise<readonly Process[]> {
  const all = await listProcesses();
  const groups = new Set(
    all.filter(({ command }) => command.includes(`=${dataDir}/browsers/`)).map(({ group }) => group),
  );
  return all.filter(({ group }) => groups.has(group));
}

/** Those of one group that run. */
export async function groupOf(group: number): Promise<readonly Process[]> {
  return (await listProcesses()).filter((it) => it.group === group);
}

/** Looks again until it is so, or the time is over. */
export async function until(isSo: () => Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (await isSo()) return true;
    await pause(50);
  }
  return isSo();
}

async function listProcesses(): Promise<readonly Process[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(
    ids.map(async (id): Promise<Process[]> => {
      const [stat, command] = await Promise.all(
        ['stat', 'cmdline'].map((file) => readFile(`/proc/${id}/${file}`, 'utf8').catch(() => '')),
      );
      const [state, , group] = (stat ?? '').slice((stat ?? '').lastIndexOf(')') + 2).split(' ');
      const runs = state !== undefined && state !== '' && state !== 'Z' && state !== 'X';
      return runs ? [{ pid: Number(id), group: Number(group), command: command ?? '' }] : [];
    }),
  );
  return all.flat();
}
