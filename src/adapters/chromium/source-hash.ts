import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What makes the bundles; `.ts` here, `.js` in the installed package. */
const builders = /^(bundle-stage|build-site|write-registry)\.[jt]s$/;
const here = fileURLToPath(new URL('.', import.meta.url));
const toolchain = ['remotion', '@remotion/bundler', '@remotion/player', 'react', 'vite'];

/** What a bundle is made of, as 16 hex digits: our browser code, the compositions, the theme beside them, the tools. */
export async function sourceHash(compositionsDir: string): Promise<string> {
  const hash = createHash('sha256');
  const require = createRequire(import.meta.url);
  for (const name of toolchain) hash.update(`${name}@${require(`${name}/package.json`).version}\n`);
  for (const file of await filesOf(here, false)) {
    if (builders.test(basename(file))) hash.update(await readFile(file));
  }
  const folders = [join(here, '../../web'), join(here, '../../template'), compositionsDir];
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
