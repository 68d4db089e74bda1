// Enters: the page's data. Leaves: a poster with a play button at once, the film itself as soon as its code is there.
// Never: a page that waits; without this code the link that it replaces still leads to the MP4.

import { type PageData, readPageData } from '../page/page-data.ts';
import { chaptersOf, clock } from './chapters.ts';
import type { Theatre } from './theatre.tsx';
import { element, transcript } from './transcript.ts';

type Wish = { readonly play: true } | { readonly chapter: number };

export class DearlyVideo extends HTMLElement {
  #theatre: Promise<Theatre> | null = null;

  connectedCallback() {
    const data = readPageData(document);
    if (!data || this.dataset.ready !== undefined) return;
    this.dataset.ready = '';
    const frame = element('div', 'dv-frame');
    frame.append(picture(poster(data), this.#playButton(data, frame)), title(data));
    const words = transcript({
      chapters: chaptersOf(data.storyboard),
      fps: data.storyboard.fps,
      title: data.words.transcript,
      onSeek: (chapter) => this.#show(data, frame, { chapter }),
    });
    this.replaceChildren(frame, words);
    // Once the page has come to rest the code is fetched, so that the film starts at the first click.
    const idle = window.requestIdleCallback ?? ((later: () => void) => setTimeout(later, 300));
    idle(() => void import('./theatre.tsx').catch(() => {}));
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) this.#show(data, frame, { chapter: 0 });
  }

  disconnectedCallback() {
    this.#theatre?.then((it) => it.close()).catch(() => {});
    this.#theatre = null;
    delete this.dataset.ready;
  }

  #playButton(data: PageData, frame: HTMLElement): HTMLButtonElement {
    const button = element('button', 'dv-start');
    button.type = 'button';
    button.setAttribute('aria-label', data.words.play);
    const sign = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    sign.setAttribute('viewBox', '0 0 24 24');
    sign.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', 'M8.6 6.3v11.4L17.6 12z');
    sign.append(path);
    button.append(sign);
    button.addEventListener('click', () => this.#show(data, frame, { play: true }));
    return button;
  }

  #show(data: PageData, frame: HTMLElement, wish: Wish): void {
    const fail = (cause: unknown) => {
      console.error(cause);
      this.#theatre = null;
      frame.dataset.state = 'failed';
      frame.replaceChildren(picture(poster(data)), mp4Link(data));
    };
    this.#theatre ??= openTheatre(data, frame, fail);
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
  onFail: (cause: unknown) => void,
): Promise<Theatre> {
  const { openTheatre: open } = await import('./theatre.tsx');
  return open(data, frame, onFail);
}

function picture(...content: readonly HTMLElement[]): HTMLElement {
  const box = element('div', 'dv-picture');
  box.append(...content);
  return box;
}

function poster({ posterUrl }: PageData): HTMLImageElement {
  const image = element('img', 'dv-poster');
  image.src = posterUrl;
  image.alt = '';
  image.decoding = 'async';
  return image;
}

/** Stands where the controls will, so that nothing moves when they come. */
function title({ storyboard }: PageData): HTMLElement {
  const chapters = chaptersOf(storyboard);
  const bar = element('div', 'dv-bar');
  const name = element('span', 'dv-chapter', chapters[0]?.chapter);
  name.dir = 'auto';
  bar.append(name, element('span', 'dv-time', clock(chapters.at(-1)?.end ?? 0, storyboard.fps)));
  return bar;
}

/** Where the player cannot run, the same film is a file. */
function mp4Link({ videoUrl, words }: PageData): HTMLAnchorElement {
  const link = element('a', 'dv-fallback', words.download);
  link.href = videoUrl;
  return link;
}
