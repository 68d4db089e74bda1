// Enters: what somebody asked on their page, and the questions that concern them. Leaves: Reply.
// Never: words that stand neither in the pack's list nor in its snapshot.
import type { AnsweredQuestion, Asking } from '../merge/questions-for.ts';
import { findAnswer } from './find-answer.ts';

export type Reply =
  | ({ readonly kind: 'answer' } & Pick<AnsweredQuestion, 'id' | 'answer' | 'lead'>)
  /** `suggestions` are questions as they stand in the list: asked, each is answered. */
  | { readonly kind: 'unknown'; readonly suggestions: readonly string[] };

/** @param asking null where the pack answers nothing */
export function replyTo(text: string, asking: Asking | null): Reply {
  if (asking === null) return { kind: 'unknown', suggestions: [] };
  const found = findAnswer(text, asking.list, asking.questions);
  if (found.kind === 'unknown')
    return { kind: 'unknown', suggestions: found.nearest.map((it) => asking.answer(it).ask) };
  const { id, answer, lead } = asking.answer(found.question);
  return { kind: 'answer', id, answer, lead };
}
