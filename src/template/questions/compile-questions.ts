import { compileFill } from '../compile-fill.ts';
import { chatWordsFor } from './chat-words.ts';
import type { QuestionFile, QuestionList } from './question.ts';

export function compileQuestions(
  byLanguage: Readonly<Record<string, QuestionFile>>,
): Readonly<Record<string, QuestionList>> {
  return Object.fromEntries(
    Object.entries(byLanguage).map(([lang, { words, callBack, questions }]) => [
      lang,
      {
        lang,
        words: chatWordsFor(lang, words),
        callBack: callBack ?? null,
        questions: questions.map(({ id, ask, answer, when, leads, frequent }) => ({
          id,
          ask,
          answer: compileFill(answer, { noEscape: true }),
          applies: when === undefined ? null : compileFill(conditionOf(when), { noEscape: true }),
          leads: leads ?? null,
          isFrequent: frequent === true,
        })),
      },
    ]),
  );
}

/** As a template: something where it holds, nothing where not. */
export function conditionOf(when: string): string {
  return `{{#if ${when}}}1{{/if}}`;
}
