// Enters: artefacts under keys. Leaves: the same, from a folder on this machine.
// Never: half a file under a key; content is written beside it, flushed, then renamed.
import { randomUUID } from 'node:crypto';
import { copyFile, type FileHandle, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { DearlyError } from '../../errors.ts';
import type { ArtefactHead, ArtefactStore } from '../../render/artefact-store.ts';
import { assertKey } from './assert-key.ts';
import { contentTypeOf } from './content-type-of.ts';

/** The content type follows from the key's extension: a folder has nowhere else to keep it that a copy would not lose. */
export function folderStore(folder: string): ArtefactStore {
  const pathOf = (key: string) => {
    assertKey(key);
    return join(folder, key);
  };
  return {
    async put(key, body, contentType) {
      const path = pathOf(key);
      if (contentType !== contentTypeOf(key)) {
        throw new TypeError(`${key} would be served as ${contentTypeOf(key)}, not as ${contentType}`);
      }
      const draft = join(dirname(path), `.${randomUUID()}`);
      try {
        await mkdir(dirname(path), { recursive: true });
        await (body instanceof Uint8Array ? writeFile(draft, body) : copyFile(body.file, draft));
        await flush(draft);
        await rename(draft, path);
        await flush(dirname(path));
      } catch (cause) {
        await rm(draft, { force: true }).catch(() => {});
        throw failed(`${key} cannot be kept`, cause);
      }
    },

    async head(key): Promise<ArtefactHead | null> {
      try {
        const found = await stat(pathOf(key));
        return found.isFile() ? { sizeBytes: found.size, contentType: contentTypeOf(key) } : null;
      } catch (cause) {
        if (isAbsent(cause)) return null;
        throw failed(`${key} cannot be looked up`, cause);
      }
    },

    async read(key, range): Promise<Readable> {
      let file: FileHandle | undefined;
      try {
        file = await open(pathOf(key), 'r');
        if (!(await file.stat()).isFile()) throw Object.assign(new Error('a folder'), { code: 'ENOENT' });
        return file.createReadStream(range ?? {});
      } catch (cause) {
        await file?.close();
        if (isAbsent(cause))
          throw new DearlyError('artefact-missing', `Nothing is kept under ${key}.`, { cause });
        throw failed(`${key} cannot be read`, cause);
      }
    },

    async remove(key) {
      try {
        await rm(pathOf(key), { force: true });
      } catch (cause) {
        if (!isAbsent(cause)) throw failed(`${key} cannot be removed`, cause);
      }
    },
  };
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A bad key is a bug and passes as it is. */
function failed(what: string, cause: unknown): unknown {
  return cause instanceof TypeError ? cause : new DearlyError('storage-failed', `${what}.`, { cause });
}

function isAbsent(cause: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(String((cause as NodeJS.ErrnoException).code));
}
