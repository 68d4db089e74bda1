import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Database } from '../src/adapters/postgres/connect.ts';

/** The database's processes that work for others than this connection. */
export async function backends(db: Database): Promise<number[]> {
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
    db,
  );
  return rows.map(({ pid }) => pid);
}

/** In ticks of 10 ms, so that other work on the machine does not count. One that has ended counts no more. Linux only. */
export async function processorMs(pids: readonly number[]): Promise<number> {
  const times = pids.map(async (pid) => {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const [user = 0, system = 0] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number);
    return (user + system) * 10;
  });
  return (await Promise.all(times)).reduce((sum, it) => sum + it, 0);
}
