import { readdir, readFile } from 'node:fs/promises';

/** Resident memory of this process and all that descend from it, in bytes, and how many they are. Linux only. */
export async function processTree(): Promise<{ readonly residentBytes: number; readonly processes: number }> {
  const parents = new Map<number, { readonly parent: number; readonly bytes: number }>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const [stat, memory] = await Promise.all(
      ['stat', 'statm'].map((file) => readFile(`/proc/${name}/${file}`, 'utf8').catch(() => '')),
    );
    if (!stat || !memory) continue;
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // Shared pages count once in the process that brought them: libraries would be counted eight times otherwise.
    const [, resident = 0, shared = 0] = memory.split(' ').map(Number);
    parents.set(Number(name), { parent: Number(fields[1]), bytes: (resident - shared) * 4096 });
  }
  const mine = [...parents].filter(([pid]) => descends(pid, parents));
  return { residentBytes: mine.reduce((sum, [, it]) => sum + it.bytes, 0), processes: mine.length };
}

function descends(pid: number, parents: ReadonlyMap<number, { readonly parent: number }>): boolean {
  for (let at: number | undefined = pid; at !== undefined; at = parents.get(at)?.parent) {
    if (at === process.pid) return true;
  }
  return false;
}
