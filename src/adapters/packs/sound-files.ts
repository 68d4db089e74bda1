import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { SoundFiles } from '../../render/sound/codec.ts';
import { isPlainName } from './read-folder.ts';

/** A minute of the largest format there is; more is no clip. */
const limitBytes = 50_000_000;
/** Letters of any script: files may be called after people. No part begins with a dot, none is empty. */
const form = /^[\p{L}\p{N}_-][\p{L}\p{M}\p{N}_ .'’-]*(\/[\p{L}\p{N}_-][\p{L}\p{M}\p{N}_ .'’-]*)*$/u;

/** The folders `<compositionsDir>/<name>/sounds`. */
export function soundFiles(compositionsDir: string): SoundFiles {
  return {
    async read(composition, name) {
      if (!isPlainName(composition) || name.length > 200 || !form.test(name)) return null;
      const folder = join(compositionsDir, composition, 'sounds');
      try {
        const [root, path] = await Promise.all([realpath(folder), realpath(join(folder, name))]);
        // A link inside the folder may still lead out of it.
        if (!path.startsWith(root + sep)) return null;
        const found = await stat(path);
        return found.isFile() && found.size <= limitBytes ? await readFile(path) : null;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG' || code === 'ELOOP')
          return null;
        throw error;
      }
    },
  };
}
