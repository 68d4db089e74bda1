// Enters: a pack's questions, the shape of what they may name. Leaves: every name they get wrong, as in other templates.
// Never: a person's data.
import { findInTree } from '../check-template.ts';
import type { Finding } from '../lint/finding.ts';
import type { Words } from '../messages.ts';
import type { Shape } from '../view-shape.ts';
import { conditionOf } from './compile-questions.ts';
import { lineOf, readQuestions } from './read-questions.ts';

export function checkQuestions(
  files: Readonly<Record<string, string>>,
  shape: Shape,
  words: Words,
): readonly Finding[] {
  const messages = words.byLanguage[words.languages[0] ?? ''] ?? {};
  const { byLanguage } = readQuestions(files, words.languages);
  return Object.entries(byLanguage).flatMap(([lang, { questions }]) => {
    const file = `questions/${lang}.json`;
    return questions.flatMap(({ id, answer, when }) => {
      const templates = when === undefined ? [answer] : [answer, conditionOf(when)];
      const line = lineOf(files[file] ?? '', id);
      return templates
        .flatMap((template) => findInTree(file, template, shape, messages))
        .map((found) => ({ ...found, line }));
    });
  });
}
