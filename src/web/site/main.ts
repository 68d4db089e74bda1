// Enters: the page as the server wrote it. Leaves: those of our elements that stand on it, each woken by code of its own.
// Never: code of an element that is not there, or a page that waits: what the server wrote works until the code comes, and without it.
import { countPage } from './page/count-page.ts';

const elements: Readonly<Record<string, () => Promise<unknown>>> = {
  'dearly-video': () => import('./player/element.ts'),
  'dearly-consent': () => import('./consent/element.ts'),
};

countPage();

// The browser itself complains of a file that cannot be had; what stands on the page still works.
for (const [name, load] of Object.entries(elements)) if (document.querySelector(name)) load().catch(() => {});
