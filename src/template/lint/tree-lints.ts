/** What the walk along a template's tree (`check-template.ts`) finds. */
export const treeLints = {
  'template-syntax': { level: 'fault', why: 'what cannot be read cannot be filled' },
  'unknown-field': { level: 'fault', why: 'it would be empty for everybody, without a word' },
  'unknown-message': { level: 'fault', why: 'a sentence would be missing' },
  'helper-call': { level: 'fault', why: 'it would fail at the first person' },
  'unsafe-place': { level: 'fault', why: 'data is hostile, and escaping does not hold there' },
} as const;

export type TreeLint = keyof typeof treeLints;
