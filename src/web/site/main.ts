// Enters: the page as the server wrote it. Leaves: those of our elements that stand on it, each woken by code of its own.
// Never: code of an element that is not there, or a page that waits: what the server wrote works until the code comes, and without it.
import { countPage } from './page/count-page.ts';

/** By selector: those that share code share a line. */
const elements: Readonly<Record<string, () => Promise<unknown>>> = {
  'dearly-video': () => import('./player/element.ts'),
  'dearly-form, dearly-survey': () => import('./forms/element.ts'),
  'dearly-chart': () => import('./chart/element.ts'),
  'dearly-chat': () => import('./chat/element.ts'),
  'dearly-offer': () => import('./offer/element.ts'),
  'dearly-consent': () => import('./consent/element.ts'),
};

countPage();

// The browser itself complains of a file that cannot be had; what stands on the page still works.
for (const [names, load] of Object.entries(elements))
  if (document.querySelector(names)) load().catch(() => {});
