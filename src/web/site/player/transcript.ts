import { type Chapter, clock } from './chapters.ts';

/** The film in words, scene by scene; a time leads to its place in the film. Only text nodes: names are hostile. */
export function transcript(options: {
  readonly chapters: readonly Chapter[];
  readonly fps: number;
  readonly title: string;
  readonly onSeek: (chapter: number) => void;
}): HTMLElement {
  const { chapters, fps, title, onSeek } = options;
  const list = element('ol', 'dv-transcript-list');
  for (const [index, chapter] of chapters.entries()) {
    const button = element('button', 'dv-transcript-time', clock(chapter.start, fps));
    button.type = 'button';
    button.setAttribute('aria-label', `${clock(chapter.start, fps)}, ${chapter.chapter}`);
    button.addEventListener('click', () => onSeek(index));
    const words = element('div', 'dv-transcript-words');
    words.dir = 'auto';
    words.append(element('strong', '', chapter.chapter), element('p', '', chapter.caption));
    const item = element('li');
    item.append(button, words);
    list.append(item);
  }
  const details = element('details', 'dv-transcript');
  details.append(element('summary', '', title), list);
  return details;
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
