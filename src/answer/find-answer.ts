// Enters: what somebody asked, a pack's questions, those that concern the person. Leaves: the one that was meant, or the nearest ones.
// Never: a guess. Below the threshold nothing is answered; test/answer/find-answer.test.ts says how often that is right.
import MiniSearch from 'minisearch';
import type { Question, QuestionList } from '../template/questions/question.ts';
import { foldWords, isAsking, squeeze } from './fold-words.ts';

export type Found =
  | { readonly kind: 'found'; readonly question: Question }
  /** At most three, the nearest first. */
  | { readonly kind: 'unknown'; readonly nearest: readonly Question[] };

/** Measured: see the evaluation in the tests. Of 1, which is every word of the question and every word of a phrasing. */
const enough = 0.55;
const unsure = 0.5;
/** The runner-up has to be so much further off. */
const ahead = 0.06;
/** Further off than this, a suggestion has nothing to do with what was asked. */
const near = 0.2;
const mostSuggestions = 3;
/** What is mostly about something else is not answered by the little that is known. */
const least = 0.5;
/** A word that no question has says something else, or nothing: nobody can tell. */
const unheard = 0.7;
/** A question word says little of what is asked. */
const askingWeight = 0.35;

interface Phrasing {
  readonly id: number;
  readonly question: Question;
  readonly text: string;
  readonly words: readonly string[];
}

interface Index {
  readonly search: MiniSearch<Phrasing>;
  readonly phrasings: readonly Phrasing[];
  /** The questions that are asked in just these words. */
  readonly verbatim: ReadonlyMap<string, readonly Question[]>;
  /** How much a word tells: the fewer questions have it, the more. */
  weigh(word: string): number;
  /** A compound by the part of it that is known. */
  known(word: string): string;
}

const indexes = new WeakMap<QuestionList, Index>();

/** The index is made at the first question to a list, and kept with it. */
export function findAnswer(asked: string, list: QuestionList, concerning: readonly Question[]): Found {
  const index = indexes.get(list) ?? indexOf(list);
  indexes.set(list, index);
  const verbatim = index.verbatim.get(squeeze(asked))?.filter((it) => concerning.includes(it));
  if (verbatim?.length === 1 && verbatim[0] !== undefined) return { kind: 'found', question: verbatim[0] };
  const words = [...new Set(foldWords(asked, list.lang).map(index.known))];
  const ranked = rank(words, index, new Set(concerning));
  const [first, second] = ranked;
  const isSure = first !== undefined && first.score >= enough && first.score - (second?.score ?? 0) >= ahead;
  if (isSure) return { kind: 'found', question: first.question };
  const nearest = ranked.filter(({ score }) => score >= near).slice(0, mostSuggestions);
  return { kind: 'unknown', nearest: nearest.map(({ question }) => question) };
}

interface Ranked {
  readonly question: Question;
  readonly score: number;
}

/** Each question by the phrasing of it that comes nearest. */
function rank(words: readonly string[], index: Index, concerning: ReadonlySet<Question>): Ranked[] {
  if (!words.some((word) => !isAsking(word))) return [];
  const whole = sum(words, index.weigh);
  const best = new Map<Question, number>();
  const hits = index.search.search(words.join(' '), {
    combineWith: 'OR',
    prefix: (word) => word.length >= 4,
    fuzzy: (word) => (word.length >= 5 ? 0.2 : false),
    filter: ({ id }) => concerning.has((index.phrasings[id] as Phrasing).question),
  });
  for (const { id, match, queryTerms } of hits) {
    const { question, words: own } = index.phrasings[id] as Phrasing;
    const meant = Object.keys(match);
    if (meant.every(isAsking)) continue;
    // Words of the question that the phrasing has, and words of the phrasing that the question has.
    const asked = sum(queryTerms, index.weigh) / whole;
    const said = sum(meant, index.weigh) / sum(own, index.weigh);
    const exact = meant.filter((word) => words.includes(word)).length / meant.length;
    const likeness = (0.6 * asked + 0.4 * said) * (0.85 + 0.15 * exact);
    const score = asked < least ? Math.min(likeness, unsure) : likeness;
    if (score > (best.get(question) ?? 0)) best.set(question, score);
  }
  return [...best]
    .map(([question, score]) => ({ question, score }))
    .sort((a, b) => b.score - a.score || (a.question.id < b.question.id ? -1 : 1));
}

function indexOf(list: QuestionList): Index {
  const phrasings = list.questions
    .flatMap((question) => question.ask.map((text) => ({ question, text })))
    .map((it, id) => ({ ...it, id, words: [...new Set(foldWords(it.text, list.lang))] }));
  const verbatim = new Map<string, Question[]>();
  for (const { question, text } of phrasings)
    verbatim.set(squeeze(text), [...(verbatim.get(squeeze(text)) ?? []), question]);
  const search = new MiniSearch<Phrasing>({
    fields: ['text'],
    tokenize: (text) => foldWords(text, list.lang),
    processTerm: (word) => word,
    searchOptions: { tokenize: (text) => text.split(' ') },
  });
  search.addAll(phrasings);
  const questionsWith = new Map<string, Set<Question>>();
  for (const { question, words } of phrasings)
    for (const word of words) {
      const having = questionsWith.get(word) ?? new Set();
      questionsWith.set(word, having.add(question));
    }
  const count = list.questions.length;
  return {
    search,
    phrasings,
    verbatim,
    weigh(word) {
      const having = questionsWith.get(word)?.size;
      const rarity = Math.log(1 + count / (having ?? 1)) * (having === undefined ? unheard : 1);
      return rarity * (isAsking(word) ? askingWeight : 1);
    },
    known(word) {
      if (questionsWith.has(word) || word.length < 8) return word;
      const parts = [...questionsWith.keys()].filter(
        (one) => one.length >= 5 && (word.endsWith(one) || word.startsWith(one)),
      );
      return parts.sort((a, b) => b.length - a.length)[0] ?? word;
    },
  };
}

function sum(words: readonly string[], weigh: (word: string) => number): number {
  return words.reduce((total, word) => total + weigh(word), 0);
}
