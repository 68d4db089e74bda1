import type { ProfilePatch } from './profile.ts';

/** What two rows about one person say together; where both speak, the later one is believed. */
export function joinPatches(earlier: ProfilePatch, later: ProfilePatch): ProfilePatch {
  return {
    ...earlier,
    ...later,
    ...((earlier.consents || later.consents) && { consents: { ...earlier.consents, ...later.consents } }),
    ...((earlier.facts || later.facts) && { facts: { ...earlier.facts, ...later.facts } }),
  };
}
