import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dearly-preview-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function preview(...args: string[]) {
  // An address that nothing answers at: the database must not be needed.
  const env = {
    ...process.env,
    DATABASE_URL: 'postgres://127.0.0.1:9/none',
    DEARLY_DATA_DIR: folder,
    NODE_ENV: undefined,
  };
  const child = spawn(process.execPath, ['src/shell/cli/main.ts', 'preview', ...args], { env });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return { child, stderr: () => stderr, ended: once(child, 'exit') };
}

test('says where it is, shows the pack, and ends by Ctrl-C', async () => {
  const { child, stderr, ended } = preview('offer', '--port', '0');
  await expect.poll(stderr, { timeout: 30_000 }).toMatch(/http:\S+/);
  const url = /http:\S+/.exec(stderr())?.[0] ?? '';
  expect(url).toContain('?pack=offer');
  expect(await (await fetch(url)).text()).toContain('<section class="pack" data-open>\n<h2>offer</h2>');

  const { port } = new URL(url);
  const second = preview('--port', port);
  expect(await second.ended).toEqual([3, null]);
  expect(second.stderr()).toContain(`Port ${port}`);

  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
});

test('a port that is none is a usage error', async () => {
  expect(await preview('--port', 'eighty').ended).toEqual([2, null]);
});
