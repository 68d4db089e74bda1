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
