import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { parseSender, type Sender } from '../../deliver/sender.ts';
import { DearlyError } from '../../errors.ts';

/** Names of all senders, sorted. */
export async function listSenders(folders: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(folders.map((folder) => readdir(folder).catch((): string[] => [])));
  const names = found.flat().flatMap((file) => /^(.+)\.yaml$/.exec(file)?.[1] ?? []);
  return [...new Set(names)].sort();
}

/** @param folders looked through in this order @throws DearlyError `campaign-invalid` */
export async function readSender(folders: readonly string[], name: string): Promise<Sender> {
  for (const folder of folders) {
    const path = join(folder, `${name}.yaml`);
    const text = await readFile(path, 'utf8').catch(() => null);
    if (text === null) continue;
    return parseSender(text, relative(process.cwd(), path), (file) => readKey(resolve(folder, file)));
  }
  throw new DearlyError('campaign-invalid', `There is no sender ${name}.`, {
    details: folders.map((folder) => `looked for ${join(relative(process.cwd(), folder), `${name}.yaml`)}`),
  });
}

function readKey(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new DearlyError('campaign-invalid', 'The DKIM key cannot be read.', {
      cause,
      details: [relative(process.cwd(), path)],
    });
  }
}
