import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildOnce } from '../../../src/adapters/chromium/build-once.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dearly-build-'));
});
afterEach(() => rm(folder, { recursive: true }));

const build = (text: string) => (into: string) => writeFile(join(into, 'it.js'), text);

test('builds what is missing, once, whoever comes at the same time', async () => {
  const dir = join(folder, 'stage-1');
  await Promise.all(['a', 'b', 'c'].map((text) => buildOnce(dir, build(text))));
  const first = await readFile(join(dir, 'it.js'), 'utf8');
  await buildOnce(dir, build('later'));
  expect(await readFile(join(dir, 'it.js'), 'utf8')).toBe(first);
  expect(await readdir(folder)).toEqual(['stage-1']);
});

test('a build that fails leaves nothing', async () => {
  const failing = async (into: string) => {
    await build('half')(into);
    throw new Error('does not compile');
  };
  await expect(buildOnce(join(folder, 'stage-1'), failing)).rejects.toThrow('does not compile');
  expect(await readdir(folder)).toEqual([]);
});

test('a new build sweeps out its kind’s old ones, and only those', async () => {
  const longAgo = new Date(Date.now() - 8 * 86_400_000);
  for (const name of ['stage-old', 'stage-used', 'stage-x.draft-1', 'site-old'])
    await mkdir(join(folder, name));
  for (const name of ['stage-old', 'stage-x.draft-1', 'site-old', 'stage-used']) {
    await utimes(join(folder, name), longAgo, longAgo);
  }
  await buildOnce(join(folder, 'stage-used'), build('never'));
  await buildOnce(join(folder, 'stage-new'), build('new'));
  expect((await readdir(folder)).sort()).toEqual(['site-old', 'stage-new', 'stage-used']);
});
