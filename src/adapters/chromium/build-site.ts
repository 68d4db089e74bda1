import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Internals } from 'remotion';
import { z } from 'zod';
import { DearlyError } from '../../errors.ts';
import { buildOnce } from './build-once.ts';
import { sourceHash } from './source-hash.ts';
import { writeRegistry } from './write-registry.ts';

export interface Site {
  /** Folder whose files are served under `/assets/`. Their names carry hashes: they may be cached for ever. */
  readonly dir: string;
  /** Path of the module script on the page's origin. */
  readonly scriptUrl: string;
  readonly styleUrl: string;
  /** For `style-src`: what Remotion writes into `<style>` elements, which no nonce reaches. */
  readonly styleHashes: readonly string[];
}

const web = fileURLToPath(new URL('../../web/', import.meta.url));
const author = fileURLToPath(new URL('../../author.ts', import.meta.url));
const entry = 'site/main.ts';
const manifestSchema = z.record(
  z.string(),
  z.object({ file: z.string(), css: z.array(z.string()).optional() }),
);

/** The recipient page's browser code, built when it is missing. @throws DearlyError `composition-invalid` when it does not compile */
export async function buildSite(options: {
  readonly dataDir: string;
  readonly compositionsDir: string;
}): Promise<Site> {
  const dir = join(options.dataDir, 'web', `site-${await sourceHash(options.compositionsDir)}`);
  await buildOnce(dir, (draft) => compile(options.compositionsDir, draft));
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8')));
  const main = manifest[entry];
  if (!main?.css?.[0]) throw new Error(`the site's manifest lacks ${entry} or its styles`);
  return {
    dir,
    scriptUrl: `/assets/${main.file}`,
    styleUrl: `/assets/${main.css[0]}`,
    styleHashes: [hashOf(Internals.CSSUtils.makeDefaultPreviewCSS('.__remotion-player', '#fff'))],
  };
}

async function compile(compositionsDir: string, draft: string): Promise<void> {
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

function hashOf(css: string): string {
  return `'sha256-${createHash('sha256').update(css).digest('base64')}'`;
}
