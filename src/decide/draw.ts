import { createHash } from 'node:crypto';

/**
 * A number that belongs to this id under this seed: 0 ≤ x < 1, the same on every machine and in SQL (the audience's freeze
 * has its twin), spread evenly, and under another seed another one. Nothing is stored, and nobody can be lucky twice.
 * @param id a profile's UUID in lower case
 */
export function drawOf(seed: string, id: string): number {
  return createHash('sha256').update(`${seed}/${id}`, 'utf8').digest().readUInt32BE(0) / 2 ** 32;
}
