// Enters: the page's data. Leaves: a poster with a play button at once, the film itself as soon as its code is there.
// Never: a page that waits; without this code the link that it replaces still leads to the MP4.

import { compositions } from 'dearly/compositions';
import { type PageData, readPageData } from '../page/page-data.ts';
import { adaptStoryboard } from './adapt-storyboard.ts';
import { type AnswerBook, openAnswerBook } from './answers.ts';
import { chaptersOf } from './chapters.ts';
import { showFile } from './film-file.ts';
import { poster, startButton, titleBar } from './poster.ts';
import type { Theatre } from './theatre.tsx';
import { element, transcript } from './transcript.ts';

type Wish = { readonly play: true } | { readonly chapter: number };

export class DearlyVideo extends HTMLElement {
  #theatre: Promise<Theatre> | null = null;
  #book: AnswerBook | null = null;

  connectedCallback() {
    const data = readPageData();
    if (!data || this.dataset.ready !== undefined) return;
    this.dataset.ready = '';
    const { storyboard, words } = data;
    const frame = element('div', 'dv-frame');
    const start = startButton(words.play, () => this.#show(data, frame, { play: true }));
    frame.append(poster(data, start), titleBar(data));
    const book = openAnswerBook(data.answers);
    this.#book = book;
    const chapters = () => chaptersOf(adaptStoryboard(storyboard, book.all()));
    const text = transcript({
      chapters: chapters(),
      fps: storyboard.fps,
      title: words.transcript,
      offered: words.offered,
      onSeek: (chapter) => this.#show(data, frame, { chapter }),
    });
    book.subscribe(() => text.update(chapters()));
    this.replaceChildren(frame, text.element);
    // Once the page has come to rest, or somebody is about to press, the code is fetched: the film starts at the first click.
    const fetchCode = () => {
      // Player and scenes side by side: neither waits for the other to ask for it.
      const scenes = compositions[storyboard.composition]?.();
      Promise.all([import('./theatre.tsx'), scenes]).catch(() => {});
    };
    start.addEventListener('pointerenter', fetchCode, { once: true });
    const idle = window.requestIdleCallback ?? ((later: () => void) => setTimeout(later, 300));
    idle(fetchCode);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) this.#show(data, frame, { chapter: 0 });
  }

  disconnectedCallback() {
    this.#theatre?.then((it) => it.close()).catch(() => {});
    this.#theatre = null;
    this.#book?.close();
    this.#book = null;
    delete this.dataset.ready;
  }

  #show(data: PageData, frame: HTMLElement, wish: Wish): void {
    const book = this.#book;
    if (book === null) return;
    const fail = (cause: unknown) => {
      console.error(cause);
      this.#theatre = null;
      frame.dataset.state = 'failed';
      void showFile(data, frame, poster(data));
    };
    this.#theatre ??= openTheatre(data, frame, book, fail);
    frame.dataset.state = 'loading';
    this.#theatre.then((it) => {
      frame.dataset.state = 'open';
      if ('play' in wish) it.play();
      else it.show(wish.chapter);
    }, fail);
  }
}

async function openTheatre(
  data: PageData,
  frame: HTMLElement,
  book: AnswerBook,
  onFail: (cause: unknown) => void,
): Promise<Theatre> {
  const { openTheatre: open } = await import('./theatre.tsx');
  return open(data, frame, book, onFail);
}
