// Enters: a path that somebody named, and later what belongs there. Leaves: the whole file under that name.
// Never: half a file under it. It is written beside, flushed, then renamed.
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, constants, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DearlyError } from '../../errors.ts';

/**
 * Whether a file may be written there: asked before the work, so that nothing is drawn in vain.
 * @param endings what the file may be called, the usual one first; one without an ending is let through
 * @returns the ending, in lower case
 * @throws DearlyError `file-unwritable`, saying what to do
 */
export async function checkOut(out: string, endings: readonly string[]): Promise<string> {
  const path = resolve(out);
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory() || out.endsWith('/')) {
    throw unwritable(`${out} is a folder.`, `name the file, too: --out ${join(out, `film${endings[0]}`)}`);
  }
  if (found && !found.isFile()) throw unwritable(`${out} is no file.`, 'name one');
  const folder = dirname(path);
  const isFolder = await stat(folder).then(
    (it) => it.isDirectory(),
    () => false,
  );
  if (!isFolder) throw unwritable(`There is no folder ${folder}.`, `make it: mkdir -p ${folder}`);
  try {
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw unwritable(`Nothing may be written in ${folder}.`, 'mend its rights, or name another', cause);
  }
  const ending = extname(path).toLowerCase();
  if (ending === '' || endings.includes(ending)) return ending;
  throw unwritable(
    `${out} would not be what its name says.`,
    `call it ${basename(path, extname(path))}${endings[0]}`,
  );
}

/** @throws DearlyError `file-unwritable`; whatever ends the content, or `signal`, is thrown on. Nothing is left then. */
export async function writeOut(
  out: string,
  content: Uint8Array | string | Readable,
  signal?: AbortSignal,
): Promise<{ readonly sizeBytes: number }> {
  const path = resolve(out);
  const draft = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomUUID()}`);
  try {
    const source = content instanceof Readable ? content : Readable.from([content]);
    await pipeline(source, createWriteStream(draft, { flags: 'wx' }), { ...(signal && { signal }) });
    const handle = await open(draft, 'r');
    await handle.sync().finally(() => handle.close());
    signal?.throwIfAborted();
    await rename(draft, path);
    return { sizeBytes: (await stat(path)).size };
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => {});
    signal?.throwIfAborted();
    const { code } = cause as NodeJS.ErrnoException;
    if (cause instanceof DearlyError || typeof code !== 'string') throw cause;
    throw unwritable(`${out} cannot be written (${code}).`, 'free some space, or name another place', cause);
  }
}

function unwritable(message: string, advice: string, cause?: unknown): DearlyError {
  return new DearlyError('file-unwritable', message, { details: [advice], cause });
}
