import { fitDevices } from './fit-devices.ts';
import { notePlaces, takePlaces } from './places.ts';

let under: AbortController | undefined;

/**
 * Shows another address of the studio without leaving the document: only the regions that differ are replaced, so frames
 * that stay are not loaded again, and focus stays where it was.
 */
export async function goTo(href: string, how: { readonly remember: boolean }): Promise<boolean> {
  under?.abort();
  under = new AbortController();
  let text: string;
  try {
    text = await (await fetch(href, { signal: under.signal })).text();
  } catch {
    return false;
  }
  const next = new DOMParser().parseFromString(text, 'text/html');
  notePlaces();
  if (how.remember) history.pushState(null, '', href);
  document.title = next.title;
  const focused = document.activeElement?.id;
  let isNewStage = false;
  for (const region of next.querySelectorAll<HTMLElement>('[data-region]')) {
    const here = document.getElementById(region.id);
    if (!here || sourceOf(here) === region.outerHTML) continue;
    const scrolled = document.getElementById('packs')?.scrollTop ?? 0;
    const copy = document.importNode(region, true);
    sources.set(copy, region.outerHTML);
    for (const opened of here.querySelectorAll('details[open]'))
      copy.querySelector(`#${opened.id}`)?.setAttribute('open', '');
    here.replaceWith(copy);
    if (region.id === 'shelf') document.getElementById('packs')?.scrollTo(0, scrolled);
    isNewStage ||= region.id === 'stage';
  }
  if (isNewStage) {
    takePlaces();
    fitDevices();
  }
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
  document.querySelector('.sample[aria-current]')?.scrollIntoView({ block: 'nearest' });
  return isNewStage;
}

/** A region as the server wrote it: what scripts changed since (a frame's size) is no difference. */
const sources = new WeakMap<Element, string>();

function sourceOf(element: Element): string | undefined {
  return sources.get(element);
}

/** As the document came. */
export function rememberRegions(): void {
  for (const region of document.querySelectorAll('[data-region]')) sources.set(region, region.outerHTML);
}

/** Files have changed: the same address again, and what stands in frames, too. */
export async function reload(): Promise<void> {
  if (!(await goTo(location.href, { remember: false }))) startOver();
}

/** Frames show their message again, wherever a click in them has led. */
export function startOver(): void {
  notePlaces();
  // Set again, the same address is loaded again; what is there stays in sight until then.
  for (const frame of document.querySelectorAll('iframe')) frame.setAttribute('src', frame.src);
}
