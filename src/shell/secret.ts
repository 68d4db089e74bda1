import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';

/** DEARLY_SECRET, or one made at the first start and kept in the data folder: losing it breaks every link sent. */
export async function readSecretKey(config: Config): Promise<Buffer> {
  if (config.secret !== undefined) return Buffer.from(config.secret);
  const path = join(config.dataDir, 'secret');
  const known = await readFile(path).catch(() => null);
  if (known !== null) return Buffer.from(known.toString().trim());
  await mkdir(config.dataDir, { recursive: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  // A link fails where the name is taken: of two processes that start at once, the first one's secret stands.
  await link(draft, path).catch(() => {});
  await rm(draft);
  return Buffer.from((await readFile(path, 'utf8')).trim());
}
