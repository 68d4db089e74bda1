import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { DearlyError, type FaultCode } from '../../errors.ts';

/** Every file below a folder, of those wanted, as text, by its path with forward slashes. @throws DearlyError `missing` when there is no such folder */
export async function readFolder(
  folder: string,
  missing: FaultCode,
  message: string,
  isWanted: (path: string) => boolean = () => true,
): Promise<Record<string, string>> {
  let entries: Awaited<ReturnType<typeof list>>;
  try {
    entries = await list(folder);
  } catch (cause) {
    throw new DearlyError(missing, message, { cause });
  }
  const paths = entries
    .filter((it) => it.isFile() && !it.name.startsWith('.'))
    .map((it) => relative(folder, join(it.parentPath, it.name)).split(sep).join('/'))
    .filter(isWanted);
  const read = paths.map(
    async (path): Promise<[string, string]> => [path, await readFile(join(folder, path), 'utf8')],
  );
  return Object.fromEntries((await Promise.all(read)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function list(folder: string) {
  return readdir(folder, { recursive: true, withFileTypes: true });
}

/** Names come from campaign files and requests: none may lead out of the folder. */
export function isPlainName(name: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
}
