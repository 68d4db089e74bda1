import type { Format } from '../../../template/composition.ts';
import type { PageData } from '../page/page-data.ts';
import { chaptersOf, clock } from './chapters.ts';
import { filmFormat, phoneUpright } from './film-format.ts';
import { element } from './transcript.ts';

/** What stands there before the film does: its poster, in the film's own shape, and a line where the controls will be. */
export function poster(data: PageData, ...over: readonly HTMLElement[]): HTMLElement {
  const format = filmFormat(data.storyboard.formats, matchMedia(phoneUpright).matches);
  const image = element('img', 'dv-poster');
  image.src = inFormat(data, format);
  image.alt = '';
  image.decoding = 'async';
  const box = element('div', 'dv-picture');
  box.dataset.format = format;
  box.append(image, ...over);
  return box;
}

/** The poster's address is of the film's first format. */
function inFormat({ posterUrl, storyboard }: PageData, format: Format): string {
  return format === (storyboard.formats?.[0] ?? '16:9') || !storyboard.formats?.includes(format)
    ? posterUrl
    : `${posterUrl}${posterUrl.includes('?') ? '&' : '?'}format=${format}`;
}

/** Stands where the controls will, so that nothing moves when they come. */
export function titleBar({ storyboard }: PageData): HTMLElement {
  const chapters = chaptersOf(storyboard);
  const bar = element('div', 'dv-bar dv-bar-title');
  const name = element('span', 'dv-chapter', storyboard.title ?? chapters[0]?.chapter);
  name.dir = 'auto';
  bar.append(name, element('span', 'dv-time', clock(chapters.at(-1)?.end ?? 0, storyboard.fps)));
  return bar;
}

export function startButton(label: string, onPress: () => void): HTMLButtonElement {
  const button = element('button', 'dv-start');
  button.type = 'button';
  button.setAttribute('aria-label', label);
  const sign = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  sign.setAttribute('viewBox', '0 0 24 24');
  sign.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', 'M8.6 6.3v11.4L17.6 12z');
  sign.append(path);
  button.append(sign);
  button.addEventListener('click', onPress);
  return button;
}
