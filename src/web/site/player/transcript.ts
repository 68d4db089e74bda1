import type { Interaction } from '../../../template/composition.ts';
import { type Chapter, clock } from './chapters.ts';

export interface Transcript {
  readonly element: HTMLElement;
  /** Shows the film as it has become; whoever reads stays where they are. */
  update(chapters: readonly Chapter[]): void;
}

/** The film in words, scene by scene, with what it offers; a time leads to its place in the film. Only text nodes: names are hostile. */
export function transcript(options: {
  readonly chapters: readonly Chapter[];
  readonly fps: number;
  readonly title: string;
  /** Stands before what can be done in a scene. */
  readonly offered: string;
  readonly onSeek: (chapter: number) => void;
}): Transcript {
  const { chapters, fps, title, offered, onSeek } = options;
  const list = element('ol', 'dv-transcript-list');
  const drawn = chapters.map((chapter, index) => {
    const button = element('button', 'dv-transcript-time', clock(chapter.start, fps));
    button.type = 'button';
    button.addEventListener('click', () => onSeek(index));
    const words = element('div', 'dv-transcript-words');
    words.dir = 'auto';
    const item = element('li');
    item.append(button, words);
    list.append(item);
    return { button, words };
  });
  const update = (now: readonly Chapter[]) => {
    for (const [index, { button, words }] of drawn.entries()) {
      const chapter = now[index];
      if (chapter === undefined) continue;
      button.setAttribute('aria-label', `${clock(chapter.start, fps)}, ${chapter.chapter}`);
      words.replaceChildren(
        element('strong', '', chapter.chapter),
        element('p', '', chapter.caption),
        ...offersOf(chapter.interactions ?? [], offered),
      );
    }
  };
  update(chapters);
  const details = element('details', 'dv-transcript');
  details.append(element('summary', '', title), list);
  return { element: details, update };
}

function offersOf(interactions: readonly Interaction[], offered: string): HTMLElement[] {
  if (interactions.length === 0) return [];
  const labels = element('p', 'dv-transcript-offers', `${offered} `);
  labels.append(interactions.map(({ label }) => label).join(' · '));
  const reveals = interactions.flatMap((it) => (it.kind === 'reveal' ? it.text.split('\n') : []));
  return [labels, ...reveals.filter((it) => it.trim() !== '').map((it) => element('p', '', it))];
}

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = '',
  text = '',
): HTMLElementTagNameMap[Name] {
  const it = document.createElement(name);
  if (className) it.className = className;
  if (text) it.textContent = text;
  return it;
}
