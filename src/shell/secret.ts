import { randomBytes } from 'node:crypto';
import { unwatchFile, watchFile } from 'node:fs';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { DearlyError } from '../errors.ts';

/** Ours, which signs and seals; behind it the one before, which still opens what it made. */
export type Secrets = readonly [current: Buffer, ...previous: Buffer[]];

/**
 * DEARLY_SECRET and DEARLY_SECRET_PREVIOUS, or those of the data folder: one is made there at the first start, and
 * losing it breaks every link sent.
 * @throws DearlyError `config-invalid` for one that was cut short: whoever guesses it could sign links
 */
export async function readSecrets(config: Config): Promise<Secrets> {
  const { secret, previousSecret, dataDir } = config;
  const current = secret === undefined ? await readOrMake(dataDir) : Buffer.from(secret);
  const previous = previousSecret ?? (secret === undefined ? await read(previousPath(dataDir)) : null);
  return previous === null ? [current] : [current, whole(previous)];
}

/** As many as DEARLY_SECRET has to have. A disk that was full, or a copy under way, leaves fewer. */
const leastBytes = 32;

function whole(text: string): Buffer {
  const secret = Buffer.from(text);
  if (secret.length >= leastBytes) return secret;
  throw new DearlyError('config-invalid', 'A secret in the data folder is cut short.', {
    details: [
      `secret, secret.previous: expected at least ${leastBytes} characters; put them back from a copy`,
    ],
  });
}

/** How soon a process understands what others sign after `secret rotate`. */
const followEveryMs = 1000;

/**
 * The same list, which takes in what somebody puts into the data folder while this process runs. It goes on signing with
 * the first one, its own: that stays good until `secret forget`, before which every process is restarted.
 */
export function followSecrets(config: Config, secrets: Secrets): { secrets: Secrets; stop(): void } {
  const live: [Buffer, ...Buffer[]] = [...secrets];
  const path = secretPath(config.dataDir);
  const look = async () => {
    const text = await read(path);
    const found = Buffer.from(text ?? '');
    if (found.length >= leastBytes && !live.some((it) => it.equals(found))) live.push(found);
  };
  const onChange = () => void look();
  // What the environment says stays so for as long as the process lives.
  if (config.secret === undefined) {
    watchFile(path, { interval: followEveryMs, persistent: false }, onChange);
    // It may have been replaced since it was read.
    onChange();
  }
  // Its own alone: others in this process may follow the same file.
  return { secrets: live, stop: () => unwatchFile(path, onChange) };
}

/** A new secret in the data folder; the one of now becomes the one before, and the one before that is over. */
export async function replaceKeptSecret(dataDir: string): Promise<void> {
  const current = await readOrMake(dataDir);
  await keep(previousPath(dataDir), current.toString());
  await keep(secretPath(dataDir), randomBytes(32).toString('base64url'));
}

/** What the one before has signed is over. */
export async function forgetPreviousSecret(dataDir: string): Promise<void> {
  await rm(previousPath(dataDir), { force: true });
}

const secretPath = (dataDir: string) => join(dataDir, 'secret');
const previousPath = (dataDir: string) => join(dataDir, 'secret.previous');

async function readOrMake(dataDir: string): Promise<Buffer> {
  const path = secretPath(dataDir);
  const known = await read(path);
  if (known !== null) return whole(known);
  await mkdir(dataDir, { recursive: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true });
  // A link fails where the name is taken: of two processes that start at once, the first one's secret stands.
  await link(draft, path).catch(() => {});
  await rm(draft);
  return whole((await readFile(path, 'utf8')).trim());
}

async function read(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  return text === null ? null : text.trim();
}

/** Whole or not at all. */
async function keep(path: string, secret: string): Promise<void> {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${secret}\n`, { mode: 0o600, flush: true });
  await rename(draft, path);
}
