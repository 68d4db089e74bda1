import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { folderStore } from '../../../src/adapters/storage/folder-store.ts';
import { artefactStoreContract } from '../../contract/artefact-store.ts';

const folder = await mkdtemp(join(tmpdir(), 'dearly-folder-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

artefactStoreContract('in a folder', async () => folderStore(join(folder, 'store')));

it('leaves no drafts behind', async () => {
  const names = await readdir(join(folder, 'store'), { recursive: true });
  expect(names.filter((name) => /(^|\/)\./.test(name))).toEqual([]);
});

it('refuses a type that the extension would not give back', async () => {
  await expect(folderStore(folder).put('a.png', Buffer.from('x'), 'text/html')).rejects.toThrow(TypeError);
});

it('says storage-failed when the folder cannot be made', async () => {
  const store = folderStore('/dev/null/store');
  await expect(store.put('a.png', Buffer.from('x'), 'image/png')).rejects.toMatchObject({
    code: 'storage-failed',
  });
});
