import { extname } from 'node:path';

const form = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/;

const contentTypes: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
  '.pdf': 'application/pdf',
  '.json': 'application/json',
};

/**
 * Keys are ours, so a wrong one is a bug, not a fault. Lower case only: some disks cannot tell cases apart. No part begins with
 * a dot, so no key leaves its folder or meets a file that is being written.
 */
export function assertKey(key: string): void {
  if (key.length > 200 || !form.test(key)) throw new TypeError(`not an artefact key: ${JSON.stringify(key)}`);
}

export function contentTypeOf(key: string): string {
  return contentTypes[extname(key)] ?? 'application/octet-stream';
}
