import { findInTree } from '../check-template.ts';
import type { Contract } from '../contract.ts';
import type { Words } from '../messages.ts';
import { isPlainTemplate } from '../pack-templates.ts';
import { checkQuestions } from '../questions/check-questions.ts';
import { rootShape } from '../view-shape.ts';
import type { Finding } from './finding.ts';
import type { Lint } from './lint.ts';
import type { Source } from './source.ts';
import { treeLints } from './tree-lints.ts';

/** One walk for all five lints below. */
export function walkTrees(
  sources: readonly Source[],
  { view }: Contract,
  words: Words,
  files: Readonly<Record<string, string>>,
): readonly Finding[] {
  const { shape } = rootShape(view);
  const messages = words.byLanguage[words.languages[0] ?? ''] ?? {};
  const templates = sources.filter(({ file }) => file === 'email.mjml' || isPlainTemplate(file));
  const found = templates.flatMap(({ file, text, at }) =>
    findInTree(file, text, shape, messages).map((one) => ({ ...one, ...at(one.line) })),
  );
  return [...found, ...checkQuestions(files, shape, words)];
}

/** What the walk found, a lint for each sort of it. */
export const templateTree: readonly Lint[] = Object.entries(treeLints).map(([name, { level, ...said }]) => ({
  name,
  level,
  ...said,
  find: ({ tree }) => tree.filter((one) => one.lint === name),
}));
