import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import lockfile from 'proper-lockfile';
import { DearlyError } from '../../../errors.ts';
import { findBinaries } from './embedded-binaries.ts';
import { databaseUrl, ensureCluster, readSecret, writeSecret } from './embedded-cluster.ts';
import { type Place, readPlace, registryOf, sharedFolder, takePlace } from './embedded-place.ts';
import { findPostmaster, startPostmaster, stopPostmaster, waitUntilReady } from './embedded-server.ts';
import { countUsers, register } from './embedded-users.ts';

export interface EmbeddedPostgres {
  readonly databaseUrl: string;
  /** Stops the server unless another process uses it. Calling it again does nothing. */
  close(): Promise<void>;
}

/**
 * The real PostgreSQL from the npm package, with its data in `<dataDir>/postgres`. Whoever comes first starts it,
 * others find and share it, the last one to close stops it. One that a killed process left behind is used again.
 * @throws DearlyError `database-unavailable`, the last lines of the server's log in its details.
 */
export async function openEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  const registry = registryOf(dataDir);
  try {
    await mkdir(registry, { recursive: true });
    return await underLock(registry, async () => {
      const note = await register(registry);
      try {
        const url = await findOrStart(await takePlace(dataDir));
        let closing: Promise<void> | undefined;
        return {
          databaseUrl: url,
          close() {
            closing ??= leave(dataDir, note);
            return closing;
          },
        };
      } catch (error) {
        await rm(note, { force: true });
        throw error;
      }
    });
  } catch (cause) {
    if (cause instanceof DearlyError) throw cause;
    throw new DearlyError('database-unavailable', 'The embedded PostgreSQL cannot be used.', {
      cause,
      details: [`${registry}: ${cause instanceof Error ? cause.message : String(cause)}`],
    });
  }
}

async function findOrStart(place: Place): Promise<string> {
  const secret = await readSecret(place.registry);
  const running = await findPostmaster(place.cluster);
  if (secret && running && (await waitUntilReady(place, running, secret))) {
    return databaseUrl(secret, (await findPostmaster(place.cluster))?.port ?? running.port);
  }
  const binaries = await findBinaries(place.account, sharedFolder);
  const ready = await ensureCluster(place, binaries);
  const { port } = await startPostmaster(place, binaries, ready);
  if (port !== ready.port) await writeSecret(place.registry, { ...ready, port });
  return databaseUrl(ready, port);
}

async function leave(dataDir: string, note: string): Promise<void> {
  await underLock(registryOf(dataDir), async () => {
    await rm(note, { force: true });
    if ((await countUsers(registryOf(dataDir), true)) > 0) return;
    await stopPostmaster((await readPlace(dataDir)).cluster);
  });
}

/** Stops the server, whoever uses it, and deletes all its data, also what root keeps outside the data folder. */
export async function removeEmbeddedPostgres(dataDir: string): Promise<void> {
  const place = await readPlace(dataDir);
  await stopPostmaster(place.cluster);
  await rm(place.home, { recursive: true, force: true });
  await rm(place.registry, { recursive: true, force: true });
}

export interface EmbeddedStatus {
  readonly state: 'absent' | 'stopped' | 'running';
  readonly cluster: string;
  /** Processes that use it at this moment. */
  readonly users: number;
  readonly port?: number;
}

/** Looks without touching: starts nothing, makes nothing. */
export async function embeddedStatus(dataDir: string): Promise<EmbeddedStatus> {
  const { cluster, registry } = await readPlace(dataDir);
  const running = await findPostmaster(cluster);
  // In this order: whoever starts a server has said before that it is used.
  const users = await countUsers(registry);
  if (running) return { state: 'running', cluster, users, port: running.port };
  const made = await readSecret(registry);
  return { state: made ? 'stopped' : 'absent', cluster, users };
}

/** A process that was killed under the lock leaves it behind; after five seconds without a sign of life it is taken over. */
async function underLock<T>(registry: string, work: () => Promise<T>): Promise<T> {
  const release = await lockfile.lock(registry, {
    lockfilePath: join(registry, 'lock'),
    stale: 5000,
    update: 1000,
    retries: { retries: 600, factor: 1.2, minTimeout: 50, maxTimeout: 250 },
    // A process that slept past the limit (a closed laptop) goes on: postmaster.pid still keeps two servers apart.
    onCompromised: () => {},
  });
  try {
    return await work();
  } finally {
    await release().catch(() => {});
  }
}
