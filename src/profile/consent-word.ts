const words = new Map<string, boolean>([
  ['true', true],
  ['yes', true],
  ['ja', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['nein', false],
  ['0', false],
]);

/** Yes, no, or undefined for a word that is neither. */
export function consentWord(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return words.get(String(value).trim().toLowerCase());
}
