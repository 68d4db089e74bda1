import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import {
  embeddedStatus,
  openEmbeddedPostgres,
  removeEmbeddedPostgres,
} from '../src/adapters/postgres/embedded/embedded.ts';
import { migrate } from '../src/adapters/postgres/migrate.ts';
import { createDatabase, templateDatabase, urlOf } from './support/database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A superuser's address of the server that all test files share. */
    readonly databaseUrl: string;
  }
}

const prefix = 'dearly-tests-';

/** Hundreds of processes load the same packages: each compiles them once. Node leaves out what has changed. */
const compiled = resolve('node_modules/.cache/node-compiled');

/** One real PostgreSQL for the whole run, in a folder of its own; each test file takes databases from it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  process.env.NODE_COMPILE_CACHE ??= compiled;
  await removeLeftovers();
  const folder = await mkdtemp(join(tmpdir(), prefix));
  const tearDown = async () => {
    await removeEmbeddedPostgres(folder);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    // As root the server runs under another account, which has to get in.
    await chmod(folder, 0o755);
    const { databaseUrl } = await openEmbeddedPostgres(folder);
    // Migrated once; a copy of it costs a test file some 50 ms.
    await createDatabase(databaseUrl, templateDatabase);
    await migrate(urlOf(databaseUrl, templateDatabase));
    project.provide('databaseUrl', databaseUrl);
  } catch (error) {
    await tearDown();
    throw error;
  }
  return tearDown;
}

/** What a killed run left: a server that nobody uses any more, or a folder of yesterday. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(tmpdir(), name);
    const ageMs = Date.now() - (await stat(folder)).mtimeMs;
    const { state, users } = await embeddedStatus(folder);
    if (users > 0 || (state !== 'running' && ageMs < 3_600_000)) continue;
    await removeEmbeddedPostgres(folder).catch(() => {});
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}
