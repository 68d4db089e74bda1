import { addUp, type ChatCount } from './cell.ts';

/** What the chat was asked. Never the words: those stay with the person. */
export interface Chat {
  readonly people: number;
  readonly questions: number;
  /** Questions that no answer was found for: what the pack's list of questions lacks. */
  readonly unanswered: number;
  /** Of the questions that were answered, 0 … 1; null where nothing was asked. */
  readonly share: number | null;
  /** Which answers were given, the most frequent first; ten at most. */
  readonly top: readonly { readonly answer: string; readonly questions: number }[];
}

export function chatOf(counts: readonly ChatCount[]): Chat {
  const questions = addUp(counts, (it) => it.questions);
  const unanswered = addUp(counts, (it) => it.unanswered);
  const answers = [...new Set(counts.flatMap((it) => Object.keys(it.found)))];
  return {
    people: addUp(counts, (it) => it.people),
    questions,
    unanswered,
    share: questions === 0 ? null : (questions - unanswered) / questions,
    top: answers
      .map((answer) => ({ answer, questions: addUp(counts, (it) => it.found[answer] ?? 0) }))
      .sort((a, b) => b.questions - a.questions || (a.answer < b.answer ? -1 : 1))
      .slice(0, 10),
  };
}
