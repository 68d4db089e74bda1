import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What makes the bundles; `.ts` here, `.js` in the installed package. */
const builders = /^(bundle-stage|build-web|write-registry)\.[jt]s$/;
const here = fileURLToPath(new URL('.', import.meta.url));
const toolchain = ['remotion', '@remotion/bundler', '@remotion/player', 'react', 'vite'];
const fonts = [
  ...['hanken-grotesk', 'noto-sans-hebrew', 'noto-sans-arabic'].map((name) => `@fontsource-variable/${name}`),
  '@fontsource/noto-color-emoji',
];

/** What a bundle is made of, as 16 hex digits: our browser code, the compositions, the theme beside them, the tools. */
export function sourceHash(compositionsDir: string): Promise<string> {
  return hashOf([join(here, '../../web'), join(here, '../../template'), compositionsDir], compositionsDir);
}

/**
 * What shapes every scene's frames beside its composition's own source (`SceneJob.version`): the stage, the theme, the
 * tools. `also`: folders of `src/web/` that a lane draws by beside the stage. 16 hex digits.
 */
export function stageHash(compositionsDir: string, also: readonly string[] = []): Promise<string> {
  const folders = ['stage', ...also].map((name) => join(here, '../../web', name));
  return hashOf(folders, compositionsDir);
}

async function hashOf(folders: readonly string[], compositionsDir: string): Promise<string> {
  const hash = createHash('sha256');
  const require = createRequire(import.meta.url);
  for (const name of [...toolchain, ...fonts])
    hash.update(`${name}@${require(`${name}/package.json`).version}\n`);
  for (const file of await filesOf(here, false)) {
    if (builders.test(basename(file))) hash.update(await readFile(file));
  }
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
