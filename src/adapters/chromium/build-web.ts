import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { DearlyError } from '../../errors.ts';
import { buildOnce } from './build-once.ts';
import { sourceHash } from './source-hash.ts';
import { writeRegistry, writeSounds } from './write-registry.ts';

export interface WebOptions {
  readonly dataDir: string;
  readonly compositionsDir: string;
}

export interface WebBuild {
  readonly dir: string;
  /** Files of `dir`; their names carry hashes. */
  readonly script: string;
  /** Empty where the entry's modules bring no rules of their own. */
  readonly style: string;
  /** Of each of `sheets`, in their order. */
  readonly sheets: readonly string[];
}

const web = fileURLToPath(new URL('../../web/', import.meta.url));
const author = fileURLToPath(new URL('../../author.ts', import.meta.url));
const manifestSchema = z.record(
  z.string(),
  z.object({ file: z.string(), css: z.array(z.string()).optional() }),
);

/**
 * Browser code of `src/web/` with the compositions in it, built by Vite when it is missing. `kind` names the folder it is kept in,
 * `entry` is its first module, `sheets` are rules that pages link or hold themselves. @throws DearlyError `composition-invalid` when it does not compile
 */
export async function buildWeb(
  kind: string,
  entry: string,
  options: WebOptions,
  sheets: readonly string[] = [],
): Promise<WebBuild> {
  const dir = join(options.dataDir, 'web', `${kind}-${await sourceHash(options.compositionsDir)}`);
  await buildOnce(dir, (draft) => compile([entry, ...sheets], options.compositionsDir, draft));
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8')));
  const made = (name: string) => {
    const it = manifest[name];
    if (!it) throw new Error(`the manifest lacks ${name}`);
    return it;
  };
  const { file: script, css: [style = ''] = [] } = made(entry);
  return { dir, script, style, sheets: sheets.map((it) => made(it).file) };
}

async function compile(entries: readonly string[], compositionsDir: string, draft: string): Promise<void> {
  const { build } = await import('vite');
  const work = join(draft, 'registry');
  const registry = await writeRegistry(compositionsDir, work);
  const sounds = await writeSounds(compositionsDir, registry);
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
        alias: { 'dearly/compositions': registry, 'dearly/sounds': sounds, 'dearly/author': author },
        dedupe: ['react', 'react-dom', 'remotion'],
      },
      build: {
        outDir: draft,
        emptyOutDir: false,
        assetsDir: '',
        assetsInlineLimit: 0,
        manifest: 'manifest.json',
        modulePreload: false,
        rollupOptions: { input: entries.map((it) => join(web, it)) },
      },
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DearlyError('composition-invalid', `The page's scenes do not compile: ${reason}`, { cause });
  }
  await rm(work, { recursive: true });
}
