import type { MergedLint } from './lint.ts';

export const chatLeads: MergedLint = {
  name: 'chat-leads',
  level: 'warning',
  looksFor: 'an answer of the chat that leads on to a target that no sample has',
  why: 'the chat would leave the link out without a word',
  how: 'name a target of the contract, or add a sample that has it',
  *measure(samples) {
    const known = new Set(samples.flatMap(({ chat }) => chat?.targets ?? []));
    const told = new Set<string>();
    for (const { lang, leads } of samples.flatMap(({ chat }) => chat ?? []))
      for (const { id, target } of leads) {
        const key = `${lang} ${id}`;
        if (known.has(target) || told.has(key)) continue;
        told.add(key);
        yield {
          file: `questions/${lang}.json`,
          line: 1,
          what: `"${id}" leads to the unknown target "${target}"`,
        };
      }
  },
};
