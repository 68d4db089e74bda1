import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseSender, type Sender } from '../../deliver/sender.ts';
import { DearlyError } from '../../errors.ts';

/**
 * Reads a sender's file and, where it signs, its key. @param name the file as it shall stand in errors
 * @throws DearlyError `file-unreadable`, `campaign-invalid`
 */
export async function loadSender(path: string, name = path): Promise<Sender> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new DearlyError('file-unreadable', `${name} cannot be read.`, { cause });
  });
  return parseSender(text, name, (keyFile) =>
    readKey(resolve(dirname(path), keyFile), `${name}: ${keyFile}`),
  );
}

/** Read at load and not at the first message: a key that does not work must not stop a campaign half way. */
function readKey(path: string, name: string): string {
  try {
    const pem = readFileSync(path, 'utf8');
    createPrivateKey(pem);
    return pem;
  } catch (cause) {
    const details = [`${name}: expected a private key in PEM form`];
    throw new DearlyError('campaign-invalid', 'The DKIM key cannot be used.', { cause, details });
  }
}
