import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { DearlyError } from '../../errors.ts';
import { buildOnce } from './build-once.ts';
import { sourceHash } from './source-hash.ts';
import { writeRegistry } from './write-registry.ts';

export interface WebOptions {
  readonly dataDir: string;
  readonly compositionsDir: string;
}

export interface WebBuild {
  readonly dir: string;
  /** Files of `dir`; their names carry hashes. */
  readonly script: string;
  readonly style: string;
}

const web = fileURLToPath(new URL('../../web/', import.meta.url));
const author = fileURLToPath(new URL('../../author.ts', import.meta.url));
const manifestSchema = z.record(
  z.string(),
  z.object({ file: z.string(), css: z.array(z.string()).optional() }),
);

/**
 * Browser code of `src/web/` with the compositions in it, built by Vite when it is missing. `kind` names the folder it is kept in,
 * `entry` is its first module. @throws DearlyError `composition-invalid` when it does not compile
 */
export async function buildWeb(kind: string, entry: string, options: WebOptions): Promise<WebBuild> {
  const dir = join(options.dataDir, 'web', `${kind}-${await sourceHash(options.compositionsDir)}`);
  await buildOnce(dir, (draft) => compile(entry, options.compositionsDir, draft));
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8')));
  const main = manifest[entry];
  if (!main?.css?.[0]) throw new Error(`the manifest lacks ${entry} or its styles`);
  return { dir, script: main.file, style: main.css[0] };
}

async function compile(entry: string, compositionsDir: string, draft: string): Promise<void> {
  const { build } = await import('vite');
  const work = join(draft, 'registry');
  const registry = await writeRegistry(compositionsDir, work);
  try {
    await build({
      configFile: false,
      envDir: false,
      publicDir: false,
      root: web,
      // Relative, so that the page may stand under any path.
      base: './',
      logLevel: 'silent',
      // Whatever NODE_ENV the server runs with, recipients get React's production build.
      mode: 'production',
      define: { 'process.env.NODE_ENV': '"production"' },
      oxc: { jsx: { runtime: 'automatic', development: false } },
      resolve: {
        alias: { 'dearly/compositions': registry, 'dearly/author': author },
        dedupe: ['react', 'react-dom', 'remotion'],
      },
      build: {
        outDir: draft,
        emptyOutDir: false,
        assetsDir: '',
        assetsInlineLimit: 0,
        manifest: 'manifest.json',
        modulePreload: false,
        rollupOptions: { input: join(web, entry) },
      },
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DearlyError('composition-invalid', `The page's scenes do not compile: ${reason}`, { cause });
  }
  await rm(work, { recursive: true });
}
