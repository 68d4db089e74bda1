import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  embeddedStatus,
  openEmbeddedPostgres,
  removeEmbeddedPostgres,
} from '../../../../src/adapters/postgres/embedded/embedded.ts';
import { findPostmaster } from '../../../../src/adapters/postgres/embedded/embedded-server.ts';
import { DearlyError } from '../../../../src/errors.ts';

let dataDir: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dearly-embedded-'));
  // As root the server runs as somebody else, who has to get in; the private folder has its own test.
  await chmod(dataDir, 0o755);
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await removeEmbeddedPostgres(dataDir);
  await rm(dataDir, { recursive: true, force: true });
});

async function ask(url: string, sql: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return String(Object.values((await client.query(sql)).rows[0] ?? {})[0]);
  } finally {
    await client.end();
  }
}

/** Another process that opens the server and closes it when its stdin ends. */
async function anotherProcess(): Promise<{ child: ChildProcess; url: string }> {
  const entry = new URL('../../../../src/adapters/postgres/embedded/embedded.ts', import.meta.url).href;
  const program = `
    const { openEmbeddedPostgres } = await import(${JSON.stringify(entry)});
    const it = await openEmbeddedPostgres(${JSON.stringify(dataDir)});
    process.stdout.write(it.databaseUrl);
    process.stdin.resume().on('end', () => it.close());`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const [url] = await once(child.stdout, 'data');
  return { child, url: String(url) };
}

const state = async () => (await embeddedStatus(dataDir)).state;

describe('one process', () => {
  test('starts the server, keeps the data, stops it', async () => {
    expect(await state()).toBe('absent');
    const first = await openEmbeddedPostgres(dataDir);
    expect(await ask(first.databaseUrl, 'SHOW fsync')).toBe('on');
    expect(await ask(first.databaseUrl, 'SHOW listen_addresses')).toBe('127.0.0.1');
    expect(await ask(first.databaseUrl, 'SHOW server_encoding')).toBe('UTF8');
    expect(await ask(first.databaseUrl, `SELECT upper('größe è')`)).toBe('GRÖßE È');
    await ask(first.databaseUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    expect(await embeddedStatus(dataDir)).toMatchObject({ state: 'running', users: 1 });
    await first.close();
    await first.close();
    expect(await state()).toBe('stopped');

    const second = await openEmbeddedPostgres(dataDir);
    expect(await ask(second.databaseUrl, 'SELECT answer FROM kept')).toBe('42');
    await second.close();
  });

  test('lets nobody in without the password, which only its owner can read', async () => {
    const it = await openEmbeddedPostgres(dataDir);
    const url = new URL(it.databaseUrl);
    url.password = 'guessed';
    await expect(ask(url.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect((await stat(join(dataDir, 'postgres', 'secret.json'))).mode & 0o077).toBe(0);
    await it.close();
  });

  test('is not confused by a postmaster.pid of before a reboot, nor by half a cluster', async () => {
    const first = await openEmbeddedPostgres(dataDir);
    const { cluster } = await embeddedStatus(dataDir);
    await first.close();
    // A living process that is no server has the old pid now.
    await writeFile(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n1\n5432\n\n\n\nready\n`);
    await mkdir(join(dataDir, 'postgres', 'making-half'), { recursive: true });
    const second = await openEmbeddedPostgres(dataDir);
    expect(await ask(second.databaseUrl, 'SELECT 1')).toBe('1');
    await second.close();
    expect(await state()).toBe('stopped');

    // The power went while it was written.
    await writeFile(join(cluster, 'postmaster.pid'), '');
    await (await openEmbeddedPostgres(dataDir)).close();
    expect(await state()).toBe('stopped');
  });

  test('says why when the server does not start', async () => {
    const it = await openEmbeddedPostgres(dataDir);
    const { cluster } = await embeddedStatus(dataDir);
    await it.close();
    const config = await readFile(join(cluster, 'postgresql.conf'), 'utf8');
    await writeFile(join(cluster, 'postgresql.conf'), 'no_such_setting = 1\n');
    const failure = await openEmbeddedPostgres(dataDir).catch((error) => error);
    expect(failure).toBeInstanceOf(DearlyError);
    expect(failure.code).toBe('database-unavailable');
    expect(failure.details.join('\n')).toContain('no_such_setting');
    expect((await embeddedStatus(dataDir)).users).toBe(0);
    await writeFile(join(cluster, 'postgresql.conf'), config);
  });
});

describe('several processes', () => {
  test('share one server; the last one stops it', async () => {
    const [mine, other] = await Promise.all([openEmbeddedPostgres(dataDir), anotherProcess()]);
    expect(other.url).toBe(mine.databaseUrl);
    expect((await embeddedStatus(dataDir)).users).toBe(2);
    await mine.close();
    expect(await ask(other.url, 'SELECT 1')).toBe('1');
    other.child.stdin?.end();
    await once(other.child, 'exit');
    expect(await state()).toBe('stopped');
  });

  test('a killed one neither stops the others nor keeps the server alive', async () => {
    const killed = await anotherProcess();
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');
    expect(await embeddedStatus(dataDir)).toMatchObject({ state: 'running', users: 0 });
    // Left behind, found, used again.
    const mine = await openEmbeddedPostgres(dataDir);
    expect(mine.databaseUrl).toBe(killed.url);
    expect(await ask(mine.databaseUrl, 'SELECT 1')).toBe('1');
    await mine.close();
    expect(await state()).toBe('stopped');
  });

  test('a lock of a killed process is taken over', async () => {
    await mkdir(join(dataDir, 'postgres', 'lock'), { recursive: true });
    const mine = await openEmbeddedPostgres(dataDir);
    expect(await ask(mine.databaseUrl, 'SELECT 1')).toBe('1');
    await mine.close();
  });

  test('a killed server comes back at the same address', async () => {
    const mine = await openEmbeddedPostgres(dataDir);
    const { cluster } = await embeddedStatus(dataDir);
    process.kill((await findPostmaster(cluster))?.pid ?? 0, 'SIGKILL');
    const again = await openEmbeddedPostgres(dataDir);
    expect(again.databaseUrl).toBe(mine.databaseUrl);
    expect(await ask(again.databaseUrl, 'SELECT 1')).toBe('1');
    await mine.close();
    await again.close();
    expect(await state()).toBe('stopped');
  });
});

test.runIf(process.getuid?.() === 0)(
  'as root in a private folder the cluster stands outside of it',
  async () => {
    await chmod(dataDir, 0o700);
    const it = await openEmbeddedPostgres(dataDir);
    const { cluster } = await embeddedStatus(dataDir);
    expect(cluster).toMatch(/^\/var\/lib\/dearly\/[0-9a-f]{16}\/cluster$/);
    expect((await stat(cluster)).uid).not.toBe(0);
    expect(await ask(it.databaseUrl, 'SELECT 1')).toBe('1');
    await it.close();
    await removeEmbeddedPostgres(dataDir);
    await expect(stat(cluster)).rejects.toMatchObject({ code: 'ENOENT' });
  },
);
