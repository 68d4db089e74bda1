import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { ReadAsset } from '../../../render/inline-assets.ts';
import { buildWeb, type WebOptions } from '../build-web.ts';
import type { ReadStageFile } from './stage-server.ts';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
};

/** The stage's files, built when they are missing. @throws DearlyError `composition-invalid` when they do not compile */
export async function buildStage(options: WebOptions, readAsset?: ReadAsset): Promise<ReadStageFile> {
  const { dir, script, style } = await buildWeb('fast', 'fast/main.ts', options);
  const index = {
    bytes: Buffer.from(
      `<!doctype html><meta charset="utf-8"><title>Stage</title><link rel="stylesheet" href="${style}"><script type="module" src="${script}"></script>`,
    ),
    type: 'text/html; charset=utf-8',
  };
  return async (path) => {
    if (path === 'index.html') return index;
    if (path.startsWith('asset/')) return (await readAsset?.(path.slice('asset/'.length))) ?? null;
    const type = types[extname(path)];
    if (type === undefined || path.includes('/')) return null;
    return readFile(join(dir, path)).then(
      (bytes) => ({ bytes, type }),
      () => null,
    );
  };
}
