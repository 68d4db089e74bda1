import { resolve } from 'node:path';
import type { Folders } from '../adapters/packs/shelf.ts';

/** Where authors work: below the folder that Dearly is started in. */
export const workingFolders: Folders = {
  packs: resolve('templates'),
  compositions: resolve('compositions'),
  senders: [resolve('senders'), resolve('examples/senders')],
};
