/** What the walk along a template's tree (`check-template.ts`) finds. */
export const treeLints = {
  'template-syntax': {
    level: 'fault',
    looksFor: 'a template that Handlebars cannot read, a partial, a decorator',
    why: 'what cannot be read cannot be filled',
    how: 'check that every {{#…}} is closed',
  },
  'unknown-field': {
    level: 'fault',
    looksFor:
      'a name that the contract’s view has not: in paths, `../`, `this.`, `@root`, block parameters, helper arguments and sub-expressions; a list that is none, a list or a group shown as a text',
    why: 'it would be empty for everybody, without a word',
    how: 'name a field of the view, or add it to the contract',
  },
  'unknown-message': {
    level: 'fault',
    looksFor:
      '`t` with a key that no file of messages/ has, without an argument that the message wants, with one that it has not, or with a key that is data',
    why: 'a sentence would be missing',
    how: 'add the message to every file of messages/',
  },
  'helper-call': {
    level: 'fault',
    looksFor:
      'a helper or block that does not exist (`lookup` among them), has too few or too many values, a text where a number belongs, or a format or pair that it does not know',
    why: 'it would fail at the first person',
    how: 'write it as src/template/helper-calls.ts shows',
  },
  'unsafe-place': {
    level: 'fault',
    looksFor:
      'data where escaping does not hold: three braces, `{{&`, an attribute without quotes, a tag, an on… attribute, a script, a style that may hold any text, an address that begins with data and was not made by `url` or `links`',
    why: 'data is hostile, and escaping does not hold there',
    how: 'show it as text, or in a quoted attribute',
  },
} as const;

export type TreeLint = keyof typeof treeLints;
