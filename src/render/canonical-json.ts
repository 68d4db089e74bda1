import { createHash } from 'node:crypto';
import type { Json } from '../profile/profile.ts';

/** JSON with sorted keys and no spaces (as RFC 8785 for the values that storyboards hold). */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const entries = Object.entries(value as Readonly<Record<string, Json>>).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return `{${entries.map(([key, it]) => `${JSON.stringify(key)}:${canonicalJson(it)}`).join(',')}}`;
}

/** SHA-256 of it, in hex: what a content key is made of. */
export function digest(content: Json): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}
