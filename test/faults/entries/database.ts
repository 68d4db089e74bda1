import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { connections, type Fault } from '../fault.ts';
import type { Stage } from '../stage.ts';

const workers = 2;

async function work(stage: Stage): Promise<void> {
  for (let count = 1; count <= workers; count++)
    (await stage.crew.hire(count === workers ? 'last' : undefined)).work();
}

const restarted: Fault = {
  name: 'postgres-restarted',
  what: 'PostgreSQL is shut down and started again, two workers at it; a run is one restart',
  runs: 6,
  people: 2000,
  ownServer: true,
  async play(stage, restartServer) {
    const { runs, people } = stage;
    const { id } = await stage.start();
    await work(stage);
    for (let turn = 0; turn < runs; turn++) {
      await stage.sent(Math.floor((people.length * (turn + 0.5)) / (runs + 1)));
      await restartServer();
      stage.tell(turn + 1);
    }
    await stage.over(id);
    return { runs, unknown: runs * workers * connections };
  },
};

/** The server's own process and all that it has started, and the account that they run under. */
async function findServer(stage: Stage): Promise<{ pids: number[]; account: { uid: number; gid: number } }> {
  const { rows } = await sql<{ folder: string }>`select current_setting('data_directory') as folder`.execute(
    stage.wire.db,
  );
  const folder = rows[0]?.folder ?? '';
  const pid = Number((await readFile(`${folder}/postmaster.pid`, 'utf8')).split('\n')[0]);
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  const { uid, gid } = await stat(folder);
  return { pids: [pid, ...children.trim().split(' ').filter(Boolean).map(Number)], account: { uid, gid } };
}

/** For each process of the server, and each that it starts from now on: no file grows beyond it. */
async function limitFiles(stage: Stage, bytes: number | 'unlimited'): Promise<void> {
  const { pids, account } = await findServer(stage);
  const limit = (pid: number) =>
    // As the account of the server: even root may lack the right to limit others.
    promisify(execFile)('prlimit', [`--pid=${pid}`, `--fsize=${bytes}:`], account);
  // The first is the server itself; of the others one may have ended meanwhile.
  const [server] = await Promise.allSettled(pids.map(limit));
  if (server?.status === 'rejected')
    throw new Error('the disk cannot be filled here: prlimit (util-linux) is not there, or may not', {
      cause: server.reason,
    });
}

/** Of what grows with every message: its file is the first to hit a limit. */
const snapshotBytes = async (stage: Stage): Promise<number> => {
  const { rows } = await sql<{ bytes: string }>`
    select pg_relation_size(reltoastrelid) as bytes
    from pg_class where oid = 'snapshots'::regclass`.execute(stage.wire.db);
  return Number(rows[0]?.bytes);
};

const segmentBytes = 16 * 1024 * 1024;

/**
 * A real disk cannot be filled without harm to others, and a limit on the log's files would be another fault (PostgreSQL ends
 * itself and recovers): the limit is the size of one of those, and the table of snapshots is brought up to it before.
 */
const diskFull: Fault = {
  name: 'disk-full',
  what: 'no file of PostgreSQL grows any more (RLIMIT_FSIZE), until there is room again; a run is one such spell',
  runs: 1,
  people: 2000,
  ownServer: true,
  async play(stage) {
    const { runs, wire } = stage;
    const { id } = await stage.start();
    // Beside the rows, as they are, and not made smaller: every message needs as much room as the last.
    await sql`alter table snapshots alter column body set storage external`.execute(wire.db);
    const [first] = await wire.db.selectFrom('profiles').select('id').limit(1).execute();
    while ((await snapshotBytes(stage)) < segmentBytes - 1024 * 1024)
      await sql`
        insert into snapshots (id, profile_id, pack_name, pack_version, body, made_at, expires_at)
        select gen_random_uuid(), ${first?.id ?? ''}::uuid, 'ballast', '0', jsonb_build_object('ballast', repeat('x', 8000)),
          now(), now() from generate_series(1, 64)`.execute(wire.db);
    await limitFiles(stage, segmentBytes);
    await work(stage);
    await stage.until('rows are put off for want of room', async () => {
      const { rows } = await sql`select from ledger where state = 'deferred' limit 1`.execute(wire.db);
      return rows.length > 0;
    });
    await limitFiles(stage, 'unlimited');
    stage.tell(runs);
    await stage.until('every row has ended', async () => {
      await stage.passTime();
      return (await wire.ledger.find(id)).endedAt !== null;
    });
    return { runs };
  },
};

export const database: readonly Fault[] = [restarted, diskFull];
