import { DearlyError } from '../../errors.ts';

/** Messages name the host alone: the rest of an address may hold who somebody is, or a key to it. */
export function refused(host: string, reason: string): DearlyError {
  return new DearlyError('asset-refused', `What ${host} gives is not taken: ${reason}.`);
}

export function unavailable(host: string, reason: string, cause?: unknown): DearlyError {
  return new DearlyError('asset-unavailable', `${host} does not give it: ${reason}.`, { cause });
}
