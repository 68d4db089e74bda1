import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readConfig } from '../../../src/config.ts';
import type { Profile } from '../../../src/profile/profile.ts';
import { startPreview } from '../../../src/shell/preview/start-preview.ts';

export interface OpenPreview {
  readonly url: string;
  /** The copy of the packs that may be written to. */
  readonly packs: string;
  /** Changes one file of the copy. */
  edit(path: string, change: (text: string) => string): Promise<void>;
  close(): Promise<void>;
}

/** The studio over a copy of the shipped packs, below the checkout so that they find `dearly/author`. */
export async function openPreview(
  findProfile: (key: string) => Promise<Profile | null> = async () => null,
): Promise<OpenPreview> {
  const dataDir = resolve('.dearly/tests');
  await mkdir(dataDir, { recursive: true });
  const folder = await mkdtemp(join(dataDir, 'preview-'));
  for (const name of ['templates', 'compositions']) await cp(name, join(folder, name), { recursive: true });
  const packs = join(folder, 'templates');
  const preview = await startPreview({
    config: readConfig({ ...process.env, DEARLY_DATA_DIR: join(folder, 'data') }),
    folders: {
      packs,
      compositions: join(folder, 'compositions'),
      senders: [resolve('examples/senders')],
      campaigns: [resolve('examples/campaigns')],
    },
    port: 0,
    findProfile,
  });
  return {
    url: preview.url,
    packs,
    async edit(path, change) {
      const file = join(packs, path);
      await writeFile(file, change(await readFile(file, 'utf8')));
    },
    async close() {
      await preview.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
