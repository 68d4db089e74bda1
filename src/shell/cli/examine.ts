// Enters: Config. Leaves: Check[], what is there, what is missing, what to do. Never: a thrown fault, or a change that stays.
import { randomUUID } from 'node:crypto';
import { mkdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createTransport } from 'nodemailer';
import puppeteer from 'puppeteer-core';
import { probeFastLane } from '../../adapters/chromium/fast-lane/probe-fast-lane.ts';
import { findBrowser } from '../../adapters/chromium/find-browser.ts';
import { openDatabase } from '../../adapters/postgres/connect.ts';
import { embeddedStatus, openEmbeddedPostgres } from '../../adapters/postgres/embedded/embedded.ts';
import { openStore } from '../../adapters/storage/open-store.ts';
import type { Config } from '../../config.ts';
import { DearlyError } from '../../errors.ts';
import { workingFolders } from '../working-folders.ts';

export interface Check {
  readonly name: string;
  /** `note`: it works as it is, but somebody should know; `missing`: Dearly cannot do its work. */
  readonly state: 'good' | 'note' | 'missing';
  readonly finding: string;
  /** What to do about it, one step a line. */
  readonly advice: readonly string[];
}

type Finding = Pick<Check, 'state' | 'finding'> & { readonly advice?: readonly string[] };

const good = (finding: string): Finding => ({ state: 'good', finding });
const note = (finding: string, ...advice: string[]): Finding => ({ state: 'note', finding, advice });
const missing = (finding: string, ...advice: string[]): Finding => ({ state: 'missing', finding, advice });

/** In the order in which things depend on each other; one after the other, so that they do not fight for the machine. */
export async function examine(config: Config): Promise<Check[]> {
  const all: [string, (config: Config) => Finding | Promise<Finding>][] = [
    ['Node', node],
    ['Data folder', dataFolder],
    ['Database', database],
    ['Browser', browser],
    ['Video', video],
    ['Storage', storage],
    ['Mail', mail],
    ['Addresses', addresses],
    ['Secret', secret],
    ['Licence', licence],
  ];
  const checks: Check[] = [];
  for (const [name, look] of all) {
    const { state, finding, advice = [] } = await look(config);
    checks.push({ name, state, finding, advice });
  }
  return checks;
}

function node(): Finding {
  const { node: version } = process.versions;
  return Number.parseInt(version, 10) >= 24
    ? good(`${version}`)
    : missing(
        `${version} is too old`,
        'Start Dearly by npm (`npm run dearly -- …`, `npx dearly …` where it is installed): that brings Node 24.',
        'If it does not, npm ran no install scripts: `npm install-scripts approve node`, then `npm rebuild`.',
      );
}

async function dataFolder({ dataDir }: Config): Promise<Finding> {
  const probe = join(dataDir, `doctor-${randomUUID()}`);
  try {
    await mkdir(dataDir, { recursive: true });
    await writeFile(probe, 'to be deleted');
    await rm(probe);
    const { bavail, bsize } = await statfs(dataDir);
    const free = (bavail * bsize) / 1e9;
    const finding = `${dataDir}, ${free.toFixed(1)} GB free`;
    return free < 2 ? note(finding, 'Videos need room: free some, or set DEARLY_DATA_DIR.') : good(finding);
  } catch (error) {
    return missing(
      `${dataDir} cannot be written to: ${sayWhy(error)[0]}`,
      'Mend its rights, or set DEARLY_DATA_DIR to another folder.',
    );
  }
}

async function database({ databaseUrl, dataDir }: Config): Promise<Finding> {
  if (databaseUrl !== undefined) {
    return askDatabase(databaseUrl, `DATABASE_URL (${new URL(databaseUrl).host})`).catch((error) =>
      missing(
        'the PostgreSQL of DATABASE_URL does not answer',
        ...sayWhy(error),
        'Mend DATABASE_URL, or unset it to use the embedded server.',
      ),
    );
  }
  try {
    const { users } = await embeddedStatus(dataDir);
    const server = await openEmbeddedPostgres(dataDir);
    try {
      const shared = users > 0 ? `, shared with ${users} other ${users === 1 ? 'user' : 'users'}` : '';
      return await askDatabase(server.databaseUrl, `embedded${shared}`);
    } finally {
      await server.close();
    }
  } catch (error) {
    return missing(
      'the embedded PostgreSQL does not start',
      ...sayWhy(error),
      'Or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
}

async function askDatabase(url: string, which: string): Promise<Finding> {
  const db = openDatabase(url, { maxConnections: 1 });
  try {
    const { rows } = await sql<{ server_version: string }>`SHOW server_version`.execute(db);
    return good(`PostgreSQL ${rows[0]?.server_version}, ${which}`);
  } finally {
    await db.destroy();
  }
}

async function browser(config: Config): Promise<Finding> {
  try {
    const found = await findBrowser(config);
    const which = { DEARLY_BROWSER: found.path, packaged: 'from the npm package', system: found.path };
    // As root Chromium's own sandbox cannot work; this page is ours.
    const started = await puppeteer.launch({ executablePath: found.path, args: ['--no-sandbox'] });
    try {
      const page = await started.newPage();
      await page.setContent('<p>it draws</p>');
      await page.screenshot();
    } finally {
      await started.close();
    }
    return good(`${found.version}, ${which[found.source]}`);
  } catch (error) {
    return missing(
      'no browser can be started',
      ...(error instanceof DearlyError ? error.details : sayWhy(error)),
      'Install Chromium and name it by DEARLY_BROWSER.',
    );
  }
}

async function video(config: Config): Promise<Finding> {
  const { videoLane, dataDir } = config;
  if (videoLane === 'reference') return good('drawn by the reference lane, as DEARLY_VIDEO_LANE says');
  const browserPath = async () => (await findBrowser(config)).path;
  const probe = await probeFastLane({ browserPath, dataDir, compositionsDir: workingFolders.compositions });
  if (probe.ok) return good('drawn by the fast lane: the browser draws HTML into a canvas and encodes H.264');
  const finding = `the fast lane does not work here: ${probe.reason}`;
  return videoLane === 'fast'
    ? missing(finding, 'Set DEARLY_VIDEO_LANE to auto, or name another browser by DEARLY_BROWSER.')
    : note(finding, 'Films are drawn by the reference lane, several times slower.');
}

async function storage({ storageUrl, dataDir }: Config): Promise<Finding> {
  const where = storageUrl ?? 'a folder in the data folder';
  const key = `doctor/${randomUUID()}.json`;
  try {
    const store = openStore(storageUrl, dataDir);
    await store.put(key, Buffer.from('{}'), 'application/json');
    await store.remove(key);
    return good(where);
  } catch (error) {
    return missing(
      `${where} takes no file`,
      ...sayWhy(error),
      'Check DEARLY_STORAGE_URL, its rights and space.',
    );
  }
}

async function mail({ smtpUrl }: Config): Promise<Finding> {
  if (smtpUrl === undefined) {
    return note(
      'SMTP_URL is not set: the demo brings an inbox of its own, nothing else can send',
      'To send for real: SMTP_URL=smtp://user:password@host:587',
    );
  }
  const { host } = new URL(smtpUrl);
  const transport = createTransport({ url: smtpUrl, connectionTimeout: 10_000, greetingTimeout: 10_000 });
  try {
    await transport.verify();
    return good(`${host} answers and lets us in`);
  } catch (error) {
    return missing(`${host} cannot be used`, ...sayWhy(error), 'Check SMTP_URL.');
  } finally {
    transport.close();
  }
}

function addresses({ publicUrl, siteUrl, host, port }: Config): Finding {
  if (publicUrl === undefined) {
    return note(
      `links lead to http://${host}:${port}, which only this machine can open`,
      'Before sending to others: PUBLIC_URL=https://the.address.they.see',
    );
  }
  if (siteUrl !== publicUrl) return good(`${publicUrl}, pages at ${siteUrl}`);
  return note(
    `${publicUrl}, for the API and people's pages alike`,
    'Safer apart: SITE_URL=https://another.name.of.this.server for pages (docs/security.md)',
  );
}

async function secret({ secret: given, previousSecret, dataDir }: Config): Promise<Finding> {
  if (given !== undefined)
    return previousSecret === undefined
      ? good('DEARLY_SECRET is set')
      : note(
          'DEARLY_SECRET is set, and the one before is still accepted',
          '`dearly secret status` says what for; take DEARLY_SECRET_PREVIOUS away when nothing needs it.',
        );
  const kept = await stat(join(dataDir, 'secret')).catch(() => undefined);
  return note(
    `links are signed with a secret that is ${kept ? 'kept' : 'made at the first start'} in the data folder`,
    'Several machines need the same one: DEARLY_SECRET (or DEARLY_SECRET_FILE). Losing it breaks every link sent.',
  );
}

function licence(): Finding {
  return note(
    'videos are drawn by Remotion: free for individuals, non-profits and companies of up to 3 people',
    'Larger companies buy a licence: https://remotion.pro/license',
  );
}

function sayWhy(error: unknown): string[] {
  if (error instanceof DearlyError)
    return [
      error.message,
      ...(error.details.length === 0 && error.cause ? sayWhy(error.cause) : error.details),
    ];
  // Node hides several failed connections in one error with an empty message.
  if (error instanceof AggregateError && !error.message) return error.errors.flatMap(sayWhy);
  return [error instanceof Error ? error.message : String(error)];
}
