import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface StudioFile {
  readonly type: string;
  readonly body: string | Buffer;
}

const folder = fileURLToPath(new URL('../../web/studio/', import.meta.url));
const font = '@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2';

/** The studio's browser code and style, by file name: modules as they stand, without their types. */
export async function readStudioFiles(): Promise<ReadonlyMap<string, StudioFile>> {
  const { transformWithOxc } = await import('vite');
  const files = new Map<string, StudioFile>();
  for (const name of await readdir(folder)) {
    const source = await readFile(join(folder, name), 'utf8');
    if (name.endsWith('.css')) files.set(name, { type: 'text/css; charset=utf-8', body: source });
    if (name.endsWith('.ts')) {
      const { code } = await transformWithOxc(source, name, { sourcemap: false });
      files.set(name, { type: 'text/javascript; charset=utf-8', body: code });
    }
  }
  const path = createRequire(import.meta.url).resolve(font);
  return files.set('hanken.woff2', { type: 'font/woff2', body: await readFile(path) });
}
