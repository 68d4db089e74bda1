import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { soundFiles } from '../../../src/adapters/packs/sound-files.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dearly-files-'));
  const sounds = join(folder, 'film/sounds');
  await mkdir(join(sounds, 'names'), { recursive: true });
  await writeFile(join(folder, 'secret.wav'), 'secret');
  await writeFile(join(folder, 'film/composition.ts'), 'secret');
  for (const name of ['bed.m4a', 'names/anna.wav', 'names/Zoë O’Hara.ogg', 'names/.hidden.wav'])
    await writeFile(join(sounds, name), name);
  await symlink('../../../secret.wav', join(sounds, 'names/link.wav'));
  await symlink('../..', join(sounds, 'up'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(['bed.m4a', 'names/anna.wav', 'names/Zoë O’Hara.ogg'])('%s', async (name) => {
  expect(String(await soundFiles(folder).read('film', name))).toBe(name);
});

test.each([
  '',
  '.',
  '..',
  '/',
  '../composition.ts',
  '../../secret.wav',
  'names/../../../secret.wav',
  'names/./anna.wav',
  'names//anna.wav',
  '/etc/passwd',
  'names/anna.wav/',
  'names/anna.wav\0.m4a',
  '..\\..\\secret.wav',
  'C:\\secret.wav',
  'file:///etc/passwd',
  'http://127.0.0.1/a.wav',
  'pipe:0',
  '-i',
  '%2e%2e/secret.wav',
  'names/.hidden.wav',
  'names/link.wav',
  'up/secret.wav',
  'names',
  'names/berta.wav',
  `names/${'a'.repeat(300)}.wav`,
  `${'a/'.repeat(90)}a`,
  'names/anna.wav\n',
  '‮anna.wav',
])('nothing under %j', async (name) => {
  expect(await soundFiles(folder).read('film', name)).toBeNull();
});

test.each(['', '..', '.', 'film/..', '/film'])('nothing in a composition called %j', async (composition) => {
  expect(await soundFiles(folder).read(composition, 'bed.m4a')).toBeNull();
});
