// Enters: a snapshot and its pack. Leaves: the questions that concern this person, each answered in their own figures.
// Never: a figure that the snapshot's view does not hold.
import type { CompiledPack, Roots } from '../template/compiled-pack.ts';
import type { Lead, Question, QuestionList } from '../template/questions/question.ts';
import type { Links } from './links.ts';
import { rootsOf, type SenderWords, sayOf } from './roots.ts';
import type { Snapshot } from './snapshot.ts';

export interface AnsweredQuestion {
  readonly id: string;
  /** How it is asked where it is shown. */
  readonly ask: string;
  /** Plain text. */
  readonly answer: string;
  /** Where it leads on to. */
  readonly lead: { readonly href: string; readonly label: string } | null;
}

export interface Asking {
  readonly list: QuestionList;
  /** Those that concern the person, in the order of the file. */
  readonly questions: readonly Question[];
  answer(question: Question): AnsweredQuestion;
}

/** Null where the pack answers nothing in this language. */
export function questionsFor(
  snapshot: Snapshot,
  pack: CompiledPack,
  links: Links,
  sender: SenderWords,
): Asking | null {
  const list = Object.hasOwn(pack.questions, snapshot.lang) ? pack.questions[snapshot.lang] : undefined;
  if (list === undefined) return null;
  const roots: Roots = rootsOf(snapshot, links, sender);
  const say = sayOf(snapshot, pack);
  return {
    list,
    questions: list.questions.filter(({ applies }) => applies === null || applies(roots, say) !== ''),
    answer: ({ id, ask: [ask = ''], answer, leads }) => ({
      id,
      ask,
      answer: answer(roots, say).trim(),
      lead: leads && leadOf(leads, links),
    }),
  };
}

/** A target that this person's message has not leads nowhere. */
function leadOf(lead: Lead, links: Links): AnsweredQuestion['lead'] {
  if ('form' in lead) return { href: `#form-${lead.form}`, label: lead.label };
  const href = Object.hasOwn(links.to, lead.target) ? links.to[lead.target] : undefined;
  return href === undefined ? null : { href, label: lead.label };
}
