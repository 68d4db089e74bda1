const ends = new Set(['.', '!', '?', '…', ':']);

/** Joins parts to running text; each ends with the mark it has, or a full stop. */
export function sentences(...parts: readonly string[]): string {
  let text = '';
  for (const part of parts) text += `${text === '' ? '' : ' '}${part}${ends.has(part.slice(-1)) ? '' : '.'}`;
  return text;
}
