import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DearlyError } from '../../../errors.ts';
import type { Binaries } from './embedded-binaries.ts';
import type { Place } from './embedded-place.ts';

/** The role and the database that Dearly works with. */
export const user = 'dearly';

export interface Secret {
  readonly password: string;
  /** The port of last time, tried first: who still holds an address reaches a server that was started again. 0: any. */
  readonly port: number;
}

export function databaseUrl(secret: Secret, port: number, database: string = user): string {
  return `postgresql://${user}:${secret.password}@127.0.0.1:${port}/${database}`;
}

/** Makes the cluster unless it is there. To be called under the lock. */
export async function ensureCluster(place: Place, binaries: Binaries): Promise<Secret> {
  const secret = await readSecret(place.registry);
  if (secret !== undefined && (await stat(place.cluster).catch(() => undefined))) return secret;
  const fresh = { password: randomBytes(24).toString('hex'), port: 0 };
  await writeSecret(place.registry, fresh);
  await initialise(place, binaries, fresh.password);
  return fresh;
}

export async function readSecret(registry: string): Promise<Secret | undefined> {
  const text = await readFile(join(registry, 'secret.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

export async function writeSecret(registry: string, secret: Secret): Promise<void> {
  const file = join(registry, 'secret.json');
  await writeFile(`${file}.new`, JSON.stringify(secret), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** Under a temporary name, then one rename: an initdb that was cut short leaves no half cluster. */
async function initialise(place: Place, binaries: Binaries, password: string): Promise<void> {
  for (const name of await readdir(place.home)) {
    if (name.startsWith('making-')) await rm(join(place.home, name), { recursive: true, force: true });
  }
  const making = await mkdtemp(join(place.home, 'making-'));
  const cluster = join(making, 'cluster');
  const passwordFile = join(making, 'password');
  await mkdir(cluster, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (place.account) {
    for (const path of [making, cluster, passwordFile])
      await chown(path, place.account.uid, place.account.gid);
  }
  const options = [
    `--pgdata=${cluster}`,
    `--username=${user}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Built into PostgreSQL: bare systems have no locale but C, whose upper() knows ASCII alone.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
  ];
  try {
    await promisify(execFile)(binaries.initdb, options, {
      cwd: making,
      env: { LC_ALL: 'C' },
      ...place.account,
    });
    // A cluster whose password is lost is of no use, but it is not ours to delete.
    await rename(place.cluster, `${place.cluster}.locked-out-${Date.now()}`).catch(() => {});
    await rename(cluster, place.cluster);
  } catch (cause) {
    const output = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
    throw new DearlyError('database-unavailable', 'The embedded PostgreSQL cannot make its data folder.', {
      cause,
      details: (output || String(cause)).split('\n').slice(-8),
    });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}
