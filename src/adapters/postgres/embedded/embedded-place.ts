import { randomBytes } from 'node:crypto';
import { readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Account, canReach, serverAccount } from './embedded-account.ts';
import { openFolder } from './embedded-binaries.ts';

/** Where root keeps what the server's account cannot reach in the data folder. See docs/adr/0002. */
export const sharedFolder = '/var/lib/dearly';

export interface Place {
  /** `<dataDir>/postgres`: the password, who uses the server, the lock. Ours alone. */
  readonly registry: string;
  /** Holds cluster and log: the registry itself, or a folder that the server's account can reach. */
  readonly home: string;
  readonly cluster: string;
  readonly log: string;
  readonly account: Account | undefined;
}

export function registryOf(dataDir: string): string {
  return join(dataDir, 'postgres');
}

/** Reads where the server of a data folder stands, without making anything. */
export async function readPlace(dataDir: string): Promise<Place> {
  // One name for one folder: the running server is known by the path on its command line.
  const registry = registryOf(await realpath(dataDir).catch(() => dataDir));
  const elsewhere = await readFile(join(registry, 'elsewhere'), 'utf8').catch(() => undefined);
  const home = elsewhere === undefined ? registry : join(sharedFolder, elsewhere.trim());
  const cluster = join(home, 'cluster');
  return { registry, home, cluster, log: join(home, 'log'), account: await serverAccount(cluster) };
}

/** Decides where the server stands and makes the folders. To be called under the lock. */
export async function takePlace(dataDir: string): Promise<Place> {
  const place = await readPlace(dataDir);
  const settled = place.home !== place.registry || (await stat(place.cluster).catch(() => undefined));
  if (place.account === undefined || settled || (await canReach(place.registry, place.account))) {
    if (place.home !== place.registry) await openFolder(place.home);
    return place;
  }
  // A random name: a fresh clone at the same path never meets an old cluster.
  await writeFile(join(place.registry, 'elsewhere'), randomBytes(8).toString('hex'));
  return takePlace(dataDir);
}
