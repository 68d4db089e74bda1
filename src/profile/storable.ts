const maxDepth = 40;

/** Why PostgreSQL could not keep this value as jsonb, or null. It refuses NUL and halves of surrogate pairs. */
export function unstorable(value: unknown, depth = 0): string | null {
  if (typeof value === 'string') {
    if (value.includes('\0')) return 'expected text without NUL characters';
    return value.isWellFormed() ? null : 'expected whole characters, found half of a surrogate pair';
  }
  if (value === null || typeof value !== 'object') return null;
  if (depth === maxDepth) return `expected at most ${maxDepth} levels of nesting`;
  for (const [key, inner] of Object.entries(value)) {
    const reason = unstorable(key) ?? unstorable(inner, depth + 1);
    if (reason) return reason;
  }
  return null;
}

/** Says what kind of thing was found without showing it: reports are read by more people than the data. */
export function kindOf(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'empty' : `text of ${value.length} characters`;
  if (Array.isArray(value)) return `list of ${value.length}`;
  return value === null ? 'null' : typeof value;
}
