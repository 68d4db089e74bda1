import { buildWeb, type WebOptions } from './build-web.ts';
import { remotionStyleHashes } from './remotion-style-hashes.ts';

export interface Site {
  /** Folder whose files are served under `/assets/`. Their names carry hashes: they may be cached for ever. */
  readonly dir: string;
  /** Path of the module script on the page's origin. */
  readonly scriptUrl: string;
  readonly styleUrl: string;
  /** For `style-src`: what Remotion writes into `<style>` elements, which no nonce reaches. */
  readonly styleHashes: readonly string[];
}

/** The recipient page's browser code, built when it is missing. @throws DearlyError `composition-invalid` when it does not compile */
export async function buildSite(options: WebOptions): Promise<Site> {
  const { dir, script, style } = await buildWeb('site', 'site/main.ts', options);
  return {
    dir,
    scriptUrl: `/assets/${script}`,
    styleUrl: `/assets/${style}`,
    styleHashes: remotionStyleHashes,
  };
}
