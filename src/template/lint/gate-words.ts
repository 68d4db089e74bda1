import type { Lint } from './lint.ts';

/** What the page before the page says, in the pack's words. */
export const gateWords = (name: string): readonly string[] =>
  ['question', 'hint', 'wrong', 'button'].map((part) => `gate.${name}.${part}`);

export const missingGateWords: Lint = {
  name: 'gate-words',
  level: 'fault',
  looksFor: 'a gate in the contract without its four messages: question, hint, wrong, button',
  why: 'its reader would be asked for something nobody named',
  how: 'write gate.<name>.question, .hint, .wrong and .button into every file of messages/',
  *find({ contract, words }) {
    if (contract.gate === undefined) return;
    const [lang = ''] = words.languages;
    for (const key of gateWords(contract.gate.name))
      if (!Object.hasOwn(words.byLanguage[lang] ?? {}, key))
        yield { file: `messages/${lang}.json`, line: 1, what: `"${key}" is missing` };
  },
};

export const gatedMail: Lint = {
  name: 'gated-mail',
  level: 'warning',
  looksFor: 'an email or text part of a pack with a gate that never asks whether this message is `gated`',
  why: 'a forwarded mail would show the figures that the page keeps back',
  how: 'put them into {{#if gated}} … {{else}} … {{/if}}; where there are none, say so in a comment with the word gated',
  *find({ contract, files }) {
    if (contract.gate === undefined) return;
    for (const file of ['email.mjml', 'text.hbs'])
      if (files[file] !== undefined && !/\bgated\b/.test(files[file]))
        yield { file, line: 1, what: `it shows the same whether "${contract.gate.name}" is asked or not` };
  },
};
