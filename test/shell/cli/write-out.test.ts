import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkOut, writeOut } from '../../../src/shell/cli/write-out.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dearly-out-'));
  await mkdir(join(folder, 'films'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a file that may be written, named as it will be', async () => {
  expect(await checkOut(join(folder, 'a.MP4'), ['.mp4'])).toBe('.mp4');
  expect(await checkOut(join(folder, 'a'), ['.mp4'])).toBe('');
});

test.for([
  ['films', 'is a folder', 'films/film.mp4'],
  ['films/', 'is a folder', 'film.mp4'],
  ['nowhere/a.mp4', 'There is no folder', 'mkdir -p'],
  ['a.mov', 'would not be what its name says', 'call it a.mp4'],
])('refused, with what to do: %s', async ([out = '', why = '', advice = '']) => {
  const refusal = checkOut(`${folder}/${out}`, ['.mp4']);
  await expect(refusal).rejects.toMatchObject({
    code: 'file-unwritable',
    message: expect.stringContaining(why),
  });
  await expect(refusal).rejects.toMatchObject({ details: [expect.stringContaining(advice)] });
});

test('the whole file under its name; what stood there is replaced', async () => {
  const out = join(folder, 'films', 'film.mp4');
  await writeFile(out, 'old');
  expect(await writeOut(out, Readable.from([Buffer.from('ne'), Buffer.from('w!')]))).toEqual({
    sizeBytes: 4,
  });
  expect(await readFile(out, 'utf8')).toBe('new!');
  expect(await writeOut(out, 'WEBVTT\n')).toEqual({ sizeBytes: 7 });
  expect(await readdir(join(folder, 'films'))).toEqual(['film.mp4']);
});

test('content that breaks off, or a signal, leaves what was there and nothing beside it', async () => {
  const out = join(folder, 'films', 'film.mp4');
  await writeFile(out, 'before');
  async function* breaksOff() {
    yield Buffer.alloc(100_000);
    throw new Error('gone');
  }
  await expect(writeOut(out, Readable.from(breaksOff()))).rejects.toThrow('gone');
  const abort = new AbortController();
  async function* interrupted() {
    yield Buffer.alloc(100_000);
    abort.abort();
    yield Buffer.alloc(100_000);
  }
  await expect(writeOut(out, Readable.from(interrupted()), abort.signal)).rejects.toThrow();
  expect(await readFile(out, 'utf8')).toBe('before');
  expect(await readdir(join(folder, 'films'))).toEqual(['film.mp4']);
});
