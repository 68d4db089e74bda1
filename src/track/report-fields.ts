/** Names in lower case. */
export type Fields = ReadonlyMap<string, string>;

/** More lines than any honest report has are not read. */
const mostLines = 2000;

/**
 * The groups of `Name: value` lines that RFC 3464 (§2.1) and RFC 5965 (§3) write, folded lines joined. The first value
 * of a name stands: what a report says again further down is about something else.
 */
export function readFields(text: string): Fields[] {
  const groups: Map<string, string>[] = [];
  let group: Map<string, string> | null = null;
  let last: string | null = null;
  for (const line of text.split(/\r\n|\r|\n/, mostLines)) {
    if (line.trim() === '') {
      group = null;
      continue;
    }
    const field = /^([\x21-\x39\x3b-\x7e]{1,76})[ \t]*:(.*)$/.exec(line);
    if (group !== null && last !== null && /^[ \t]/.test(line)) {
      group.set(last, `${group.get(last) ?? ''} ${line.trim()}`.trim());
    } else if (field !== null) {
      if (group === null) {
        group = new Map();
        groups.push(group);
      }
      const name = (field[1] ?? '').toLowerCase();
      last = group.has(name) ? `${name}#again` : name;
      group.set(last, (field[2] ?? '').trim());
    }
  }
  return groups;
}
