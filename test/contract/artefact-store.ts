import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArtefactStore } from '../../src/render/artefact-store.ts';

/** What every store promises. `open` is called once. */
export function artefactStoreContract(name: string, open: () => Promise<ArtefactStore>): void {
  describe(`the artefact store ${name}`, () => {
    let store: ArtefactStore;
    let folder: string;
    const whole = async (key: string, range?: { start: number; end: number }) =>
      buffer(await store.read(key, range));

    beforeAll(async () => {
      store = await open();
      folder = await mkdtemp(join(tmpdir(), 'dearly-store-'));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    it('gives back what it was given, with size and type', async () => {
      const bytes = Buffer.from([0, 255, 1, 13, 10, 128]);
      await store.put('posters/a1.jpg', bytes, 'image/jpeg');
      expect(await whole('posters/a1.jpg')).toEqual(bytes);
      expect(await store.head('posters/a1.jpg')).toEqual({ sizeBytes: 6, contentType: 'image/jpeg' });
    });

    it('takes a file, also one of many megabytes', async () => {
      const file = join(folder, 'long.mp4');
      const bytes = Buffer.alloc(11 * 1024 * 1024, 'dearly');
      await writeFile(file, bytes);
      await store.put('videos/long.mp4', { file }, 'video/mp4');
      expect(await store.head('videos/long.mp4')).toEqual({
        sizeBytes: bytes.length,
        contentType: 'video/mp4',
      });
      expect((await whole('videos/long.mp4')).equals(bytes)).toBe(true);
    });

    it('reads ranges, both ends included', async () => {
      await store.put('range.gif', Buffer.from('0123456789'), 'image/gif');
      expect(String(await whole('range.gif', { start: 0, end: 0 }))).toBe('0');
      expect(String(await whole('range.gif', { start: 3, end: 6 }))).toBe('3456');
      expect(String(await whole('range.gif', { start: 9, end: 9 }))).toBe('9');
    });

    it('replaces at once: whoever reads meanwhile gets the old or the new, whole', async () => {
      const versions = ['a', 'b'].map((letter) => Buffer.alloc(200_000, letter));
      await store.put('swap.png', versions[0] ?? Buffer.of(), 'image/png');
      const writes = Array.from({ length: 10 }, (_, index) =>
        store.put('swap.png', versions[index % 2] ?? Buffer.of(), 'image/png'),
      );
      const reads = await Promise.all(Array.from({ length: 10 }, () => whole('swap.png')));
      await Promise.all(writes);
      for (const read of reads) expect(versions.some((it) => it.equals(read))).toBe(true);
    });

    it('leaves what stood there when the file to copy is not there', async () => {
      await store.put('kept.pdf', Buffer.from('old'), 'application/pdf');
      const gone = { file: join(folder, 'nowhere.pdf') };
      await expect(store.put('kept.pdf', gone, 'application/pdf')).rejects.toMatchObject({
        code: 'storage-failed',
      });
      expect(String(await whole('kept.pdf'))).toBe('old');
    });

    it('says plainly that nothing is there', async () => {
      expect(await store.head('no/such.png')).toBeNull();
      await expect(store.read('no/such.png')).rejects.toMatchObject({ code: 'artefact-missing' });
      await store.remove('no/such.png');
    });

    it('forgets', async () => {
      await store.put('gone.webp', Buffer.from('x'), 'image/webp');
      await store.remove('gone.webp');
      expect(await store.head('gone.webp')).toBeNull();
    });

    it.each([
      '',
      '/etc/passwd',
      '../up.png',
      'a/../b.png',
      'a//b.png',
      'a/.hidden',
      'a\\b',
      'ä.png',
      'A.png',
      'a\0b',
      'a/',
    ])('refuses the key %j', async (key) => {
      await expect(store.put(key, Buffer.from('x'), 'image/png')).rejects.toThrow(TypeError);
      await expect(store.head(key)).rejects.toThrow(TypeError);
      await expect(store.read(key)).rejects.toThrow(TypeError);
      await expect(store.remove(key)).rejects.toThrow(TypeError);
    });
  });
}
