const form = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/;

/**
 * Keys are ours, so a wrong one is a bug, not a fault. Lower case only: some disks cannot tell cases apart. No part begins with
 * a dot, so no key leaves its folder or meets a file that is being written.
 */
export function assertKey(key: string): void {
  if (key.length > 200 || !form.test(key)) throw new TypeError(`not an artefact key: ${JSON.stringify(key)}`);
}
