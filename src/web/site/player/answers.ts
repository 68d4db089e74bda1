import type { Answers } from './adapt-storyboard.ts';

/** What every form of ours says on `document` once it was answered, wherever it stands. */
export interface Answered {
  readonly form: string;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface AnswerBook {
  /** The same object until something is answered. */
  readonly all: () => Answers;
  readonly subscribe: (onAnswer: (answered: Answered) => void) => () => void;
  close(): void;
}

/** Begins with what was answered before, and keeps what is answered while the page is open. */
export function openAnswerBook(before: Answers): AnswerBook {
  let answers = before;
  const listeners = new Set<(answered: Answered) => void>();
  const onAnswered = (event: Event) => {
    const { form, values } = (event as CustomEvent<Answered>).detail ?? {};
    if (typeof form !== 'string') return;
    answers = { ...answers, [form]: values ?? {} };
    for (const listener of [...listeners]) listener({ form, values: values ?? {} });
  };
  document.addEventListener('dearly:answered', onAnswered);
  return {
    all: () => answers,
    subscribe(onAnswer) {
      listeners.add(onAnswer);
      return () => listeners.delete(onAnswer);
    },
    close: () => document.removeEventListener('dearly:answered', onAnswered),
  };
}
