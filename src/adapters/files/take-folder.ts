import { access, constants, mkdir } from 'node:fs/promises';
import { DearlyError } from '../../errors.ts';

/** Makes a folder of the data folder unless it is there. @throws DearlyError `file-unwritable`, saying what to do */
export async function takeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw new DearlyError('file-unwritable', `Nothing can be written to ${folder}.`, {
      cause,
      details: ['Mend its rights, or set DEARLY_DATA_DIR to another folder.'],
    });
  }
}
