import { spawn } from 'node:child_process';
import { open, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DearlyError } from '../../../errors.ts';
import { commandOf, identifyProcess } from '../../process-identity.ts';
import type { Binaries } from './embedded-binaries.ts';
import { databaseUrl, type Secret, user } from './embedded-cluster.ts';
import type { Place } from './embedded-place.ts';

const patienceMs = 120_000;
const attempts = 4;

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** The server that runs on this cluster, whoever started it. */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const [pid, , , port] = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split(
    '\n',
  );
  const found = { pid: Number(pid), port: Number(port) };
  // After a crash or a reboot the file stays and its pid may be anybody's.
  return found.pid > 0 && (await isPostmaster(found.pid, cluster)) ? found : undefined;
}

async function isPostmaster(pid: number, cluster: string): Promise<boolean> {
  const alive = (await identifyProcess(pid)) !== undefined;
  return alive && (await commandOf(pid)).includes(`-D ${cluster}`);
}

/** Waits for a server that starts or recovers. False when it ended meanwhile (it was about to stop). */
export async function waitUntilReady(place: Place, server: Postmaster, secret: Secret): Promise<boolean> {
  let last: unknown;
  for (const start = Date.now(); Date.now() - start < patienceMs; await sleep(50)) {
    if (!(await isPostmaster(server.pid, place.cluster))) return false;
    // The file names the port a moment after the pid.
    const port = (await findPostmaster(place.cluster))?.port || server.port;
    const client = new pg.Client({ connectionString: databaseUrl(secret, port, 'postgres') });
    client.on('error', () => {});
    try {
      await client.connect();
      const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [user]);
      if (known.rowCount === 0) await client.query(`CREATE DATABASE ${user}`);
      return true;
    } catch (error) {
      last = error;
    } finally {
      await client.end().catch(() => {});
    }
  }
  throw new DearlyError('database-unavailable', 'The embedded PostgreSQL runs but does not answer.', {
    cause: last,
    details: await lastLines(place.log),
  });
}

/** Starts the server in a process group of its own, so that it outlives us and a Ctrl-C of ours. */
export async function startPostmaster(place: Place, binaries: Binaries, secret: Secret): Promise<Postmaster> {
  const pidFile = join(place.cluster, 'postmaster.pid');
  const stale = Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0]);
  // PostgreSQL deals with the pid of a dead process itself, but takes any living one for a server, and gives up on a file
  // that names none (the power went while it was written).
  if (!(stale > 0) || (await identifyProcess(stale))) await rm(pidFile, { force: true });

  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(attempt < attempts ? secret.port : 0);
    const log = await open(place.log, 'a');
    const child = spawn(binaries.postgres, ['-D', place.cluster, ...settings(port)], {
      cwd: place.home,
      env: { LC_ALL: 'C' },
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      ...place.account,
    });
    let failure: Error | undefined;
    child.on('error', (error) => {
      failure = error;
    });
    child.unref();
    await log.close();
    const server = { pid: child.pid ?? 0, port };
    if (child.pid !== undefined && (await waitUntilReady(place, server, secret))) return server;
    // The port may have been taken meanwhile; a server that was killed may need a moment to let go of its memory.
    if (attempt < attempts && failure === undefined) {
      await sleep(attempt * 500);
      continue;
    }
    throw new DearlyError('database-unavailable', 'The embedded PostgreSQL does not start.', {
      cause: failure,
      details: [...(failure ? [failure.message] : []), ...(await lastLines(place.log))],
    });
  }
}

function settings(port: number): string[] {
  const all = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** A fast shutdown: sessions are ended, everything is on disk when it is over. */
export async function stopPostmaster(cluster: string): Promise<void> {
  const server = await findPostmaster(cluster);
  if (server === undefined) return;
  process.kill(server.pid, 'SIGINT');
  for (const start = Date.now(); Date.now() - start < patienceMs; await sleep(20)) {
    if (!(await isPostmaster(server.pid, cluster))) return;
  }
}

async function lastLines(log: string): Promise<string[]> {
  const text = await readFile(log, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-8);
}

/** The wanted port when it is free, else any. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => (wanted === 0 ? reject(error) : resolve(freePort(0))));
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
