import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DearlyError } from '../../errors.ts';
import type { ArtefactStore } from '../../render/artefact-store.ts';
import { folderStore } from './folder-store.ts';
import { s3Store } from './s3-store.ts';

/** `file:///path` or `s3://bucket/prefix`; without one, a folder in `dataDir`. @throws DearlyError `config-invalid` */
export function openStore(storageUrl: string | undefined, dataDir: string): ArtefactStore {
  if (storageUrl === undefined) return folderStore(join(dataDir, 'artefacts'));
  const url = URL.parse(storageUrl);
  if (url?.protocol === 'file:' && url.host === '') return folderStore(fileURLToPath(url));
  if (url?.protocol === 's3:' && url.hostname !== '') {
    const prefix = decodeURIComponent(url.pathname).replace(/^\/+|\/+$/g, '');
    return s3Store({ bucket: url.hostname, prefix });
  }
  throw new DearlyError('config-invalid', 'DEARLY_STORAGE_URL expects file:///path or s3://bucket/prefix.');
}
