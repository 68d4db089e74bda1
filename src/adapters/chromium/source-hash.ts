import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Code of ours that is in a bundle, or makes it. */
const ours = ['../../template/composition.ts', './bundle-stage.ts', './build-site.ts', './write-registry.ts'];
const toolchain = ['remotion', '@remotion/bundler', '@remotion/player', 'react', 'vite'];

/** What a bundle is made of, as 16 hex digits: our browser code, the compositions, the theme beside them, the tools. */
export async function sourceHash(compositionsDir: string): Promise<string> {
  const hash = createHash('sha256');
  const require = createRequire(import.meta.url);
  for (const name of toolchain) hash.update(`${name}@${require(`${name}/package.json`).version}\n`);
  for (const path of ours) hash.update(await readFile(new URL(path, import.meta.url)));
  const folders = [fileURLToPath(new URL('../../web', import.meta.url)), compositionsDir];
  for (const folder of folders) {
    for (const file of await filesOf(folder)) {
      hash.update(`${relative(folder, file)}\n`).update(await readFile(file));
    }
  }
  // Scenes may share constants with the packs that stand beside them (`templates/theme.ts`).
  for (const file of await filesOf(join(compositionsDir, '../templates'), false))
    hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

async function filesOf(folder: string, recursive = true): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
