import { resolve } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { buildSite, type Site } from '../../../src/adapters/chromium/build-site.ts';

/** Any number that no other test locks. */
const turn = 20_261_122;

/** The site as it is served, built by the first test file that wants it and kept until its source changes. */
export async function buildOnceForAll(): Promise<Site> {
  const client = new pg.Client({ connectionString: inject('databaseUrl') });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [turn]);
    return await buildSite({ dataDir: resolve('.dearly/tests'), compositionsDir: resolve('compositions') });
  } finally {
    // Ends the lock, too, however the build ended.
    await client.end();
  }
}
