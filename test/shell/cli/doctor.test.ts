import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { embeddedStatus, removeEmbeddedPostgres } from '../../../src/adapters/postgres/embedded/embedded.ts';
import { readConfig } from '../../../src/config.ts';
import { describeChecks } from '../../../src/shell/cli/doctor.ts';
import { examine } from '../../../src/shell/cli/examine.ts';

let dataDir: string;
let closed: number;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dearly-doctor-'));
  await chmod(dataDir, 0o755);
  closed = await portWithoutServer();
});

afterAll(async () => {
  await removeEmbeddedPostgres(dataDir);
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

/** A port that was free a moment ago: a connection is refused there at once. */
async function portWithoutServer(): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

test('finds everything on a fresh machine, and leaves no server behind', async () => {
  const checks = await examine(readConfig({ DEARLY_DATA_DIR: dataDir }));
  const states = Object.fromEntries(checks.map(({ name, state }) => [name, state]));
  expect(states).toMatchObject({
    Node: 'good',
    'Data folder': expect.stringMatching(/good|note/),
    Database: 'good',
    Browser: 'good',
    Video: 'good',
    Storage: 'good',
    Mail: 'note',
    Secret: 'note',
  });
  expect((await embeddedStatus(dataDir)).state).toBe('stopped');
  expect(describeChecks(checks)).toContain('All that is needed is there.');
});

test('says in plain words what is missing and what to do', async () => {
  const file = join(dataDir, 'a-file');
  await writeFile(file, '');
  const checks = await examine(
    readConfig({
      DEARLY_DATA_DIR: join(file, 'data'),
      DATABASE_URL: `postgresql://me:hidden@127.0.0.1:${closed}/none`,
      SMTP_URL: `smtp://me:hidden@127.0.0.1:${closed}`,
      DEARLY_BROWSER: '/no/such/browser',
    }),
  );
  const wanting = checks.filter(({ state }) => state === 'missing');
  expect(wanting.map(({ name }) => name)).toEqual(['Data folder', 'Database', 'Browser', 'Storage', 'Mail']);
  for (const { advice } of wanting) expect(advice.length).toBeGreaterThan(0);
  const text = describeChecks(checks);
  expect(text).toContain('Not ready: data folder, database, browser, storage, mail.');
  expect(text).toContain('DEARLY_BROWSER (/no/such/browser): not there');
  expect(text).not.toContain('hidden');
});
