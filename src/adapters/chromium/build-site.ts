import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildWeb, type WebOptions } from './build-web.ts';
import { remotionStyleHashes } from './remotion-style-hashes.ts';

export interface Site {
  /** Folder whose files are served under `/assets/`. Their names carry hashes: they may be cached for ever. */
  readonly dir: string;
  /** Path of the module script on the page's origin. */
  readonly scriptUrl: string;
  /** The house's faces, for whatever shows more than the recipient's page does by itself. */
  readonly styleUrl: string;
  /** What every page holds in its head: nothing else is waited for before the first paint. */
  readonly criticalCss: string;
  /** Forms, chat and switches: what stands below the first view. */
  readonly askingUrl: string;
  /** The face that nearly every page is written in. */
  readonly fontUrl: string;
  /** For `style-src`: what Remotion writes into `<style>` elements, which no nonce reaches. */
  readonly styleHashes: readonly string[];
}

const sheets = ['site/critical.css', 'site/asking.css', 'site/faces.css'];

/** The recipient page's browser code, built when it is missing. @throws DearlyError `composition-invalid` when it does not compile */
export async function buildSite(options: WebOptions): Promise<Site> {
  const build = await buildWeb('site', 'site/main.ts', options, sheets);
  const [critical = '', asking = '', faces = ''] = build.sheets;
  // Written to stand beside the faces; a page stands elsewhere.
  const criticalCss = (await readFile(join(build.dir, critical), 'utf8'))
    .replaceAll(/url\((?:\.\/)?(?!data:|\/)/g, 'url(/assets/')
    .trim();
  return {
    dir: build.dir,
    scriptUrl: `/assets/${build.script}`,
    styleUrl: `/assets/${faces}`,
    criticalCss,
    askingUrl: `/assets/${asking}`,
    fontUrl: /url\((\/assets\/[^)]+\.woff2)\)/.exec(criticalCss)?.[1] ?? '',
    styleHashes: remotionStyleHashes,
  };
}
