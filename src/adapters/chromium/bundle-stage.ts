import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '@remotion/bundler';
import { DearlyError } from '../../errors.ts';
import { buildOnce } from './build-once.ts';
import { sourceHash } from './source-hash.ts';
import { writeRegistry } from './write-registry.ts';

const entryPoint = fileURLToPath(new URL('../../web/stage/main.ts', import.meta.url));
const author = fileURLToPath(new URL('../../author.ts', import.meta.url));

/** The stage's bundle for @remotion/renderer, built when it is missing. Returns its folder. @throws DearlyError `render-failed` */
export async function bundleStage(options: {
  readonly dataDir: string;
  readonly compositionsDir: string;
}): Promise<string> {
  const dir = join(options.dataDir, 'web', `stage-${await sourceHash(options.compositionsDir)}`);
  await buildOnce(dir, async (draft) => {
    const work = join(draft, 'work');
    const registry = await writeRegistry(options.compositionsDir, join(work, 'registry'));
    const outDir = join(work, 'out');
    await bundle({
      entryPoint,
      outDir,
      // The bundler changes into this folder while it works; other work of this process must not notice.
      rootDir: process.cwd(),
      publicDir: join(work, 'no-public-files'),
      publicPath: './',
      enableCaching: false,
      rspack: true,
      bundlerOverride: (config) => ({
        ...config,
        resolve: {
          ...config.resolve,
          alias: { ...config.resolve?.alias, 'dearly/compositions': registry, 'dearly/author': author },
        },
      }),
    }).catch((cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new DearlyError('render-failed', `The scenes cannot be bundled: ${reason}`, { cause });
    });
    await lift(outDir, draft);
    await rm(work, { recursive: true, force: true });
  });
  return dir;
}

/** @remotion/bundler empties the folder it writes to, so it gets one of its own. */
async function lift(from: string, to: string): Promise<void> {
  for (const name of await readdir(from)) await rename(join(from, name), join(to, name));
}
