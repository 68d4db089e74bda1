import type { CompiledPack } from '../template/compiled-pack.ts';
import type { ChatWords } from '../template/questions/question.ts';
import type { Links } from './links.ts';
import { type AnsweredQuestion, questionsFor } from './questions-for.ts';
import type { SenderWords } from './roots.ts';
import type { Snapshot } from './snapshot.ts';

/** What the chat says, and who it is that says it. */
export type ChatVoice = Omit<ChatWords, 'title' | 'label' | 'placeholder' | 'send'> & {
  readonly house: string;
};

/** The root `chat` of a page. */
export interface ChatRoot {
  readonly words: ChatWords & { readonly house: string };
  readonly callBack: string | null;
  readonly frequent: readonly Omit<AnsweredQuestion, 'isFrequent'>[];
  readonly said: readonly (SaidSoFar['said'][number] & { readonly who: string })[];
  readonly ways: SaidSoFar['ways'];
  readonly withPerson: boolean;
}

/** What was said in the chat so far, for a page that shows it without a script. */
export interface SaidSoFar {
  readonly said: readonly {
    readonly from: 'visitor' | 'house' | 'person';
    readonly text: string;
    readonly lead: AnsweredQuestion['lead'];
  }[];
  /** From now on words go to a person. */
  readonly withPerson: boolean;
  /** Ways on from a question that nobody knows the answer to. */
  readonly ways: {
    /** Of the message that a person may read as well. */
    readonly id: string;
    readonly question: string;
    readonly suggestions: readonly string[];
    readonly handOver: boolean;
  } | null;
}

/** Null where its pack answers no questions in this language. */
export function chatRoot(
  snapshot: Snapshot,
  pack: CompiledPack,
  links: Links,
  sender: SenderWords,
  soFar: SaidSoFar | null = null,
): ChatRoot | null {
  const asking = questionsFor(snapshot, pack, links, sender);
  if (asking === null) return null;
  const { callBack } = asking.list;
  const words = { ...asking.list.words, house: sender.from.name };
  const who = { visitor: words.you, house: words.house, person: words.person };
  return {
    words,
    callBack: callBack === null ? null : `#form-${callBack}`,
    frequent: asking.questions.filter(({ isFrequent }) => isFrequent).map(asking.answer),
    said: (soFar?.said ?? []).map((one) => ({ ...one, who: who[one.from] })),
    ways: soFar?.ways ?? null,
    withPerson: soFar?.withPerson ?? false,
  };
}

/** What stands in the page already is not sent again to its script. */
export function voiceOf({ words }: Pick<ChatRoot, 'words'>): ChatVoice {
  const { title, label, placeholder, send, ...voice } = words;
  return voice;
}
