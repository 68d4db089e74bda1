import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Where in an author's own code (`present`, what a scene reads, …) an error came up, as `file:line`; null for one of ours. An
 * error from deeper below is the author's, too: it was their call.
 */
export function authorsPlace(error: unknown, folders: readonly string[]): string | null {
  if (!(error instanceof Error)) return null;
  for (const [, url = '', line] of (error.stack ?? '').matchAll(
    /(file:\/\/[^\s)?]+?)(?:\?[^\s)]*?)?:(\d+):\d+/g,
  )) {
    const path = fileURLToPath(url);
    if (folders.some((folder) => isIn(path, resolve(folder)))) return `${relative('.', path)}:${line}`;
  }
  return null;
}

function isIn(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}
