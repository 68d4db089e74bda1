// Where a reader has scrolled to in each frame and sheet, so that a save does not throw them back to the top.
const places = new Map<string, number>();

export function watchPlaces(): void {
  addEventListener('message', ({ source, data }) => {
    const frame = frames().find((it) => it.contentWindow === source);
    if (frame && Number.isFinite(data?.place)) places.set(keyOf(frame), Number(data.place));
  });
}

/** Before the document changes. */
export function notePlaces(): void {
  for (const frame of frames()) {
    const inside = frame.contentDocument?.scrollingElement;
    if (inside) places.set(keyOf(frame), inside.scrollTop);
  }
  for (const sheet of sheets()) places.set(keyOf(sheet), sheet.scrollTop);
}

/** After it has. Frames go back when they have loaded. */
export function takePlaces(): void {
  for (const sheet of sheets()) sheet.scrollTop = places.get(keyOf(sheet)) ?? 0;
  for (const frame of frames()) frame.addEventListener('load', () => goBack(frame));
}

function goBack(frame: HTMLIFrameElement): void {
  const place = places.get(keyOf(frame));
  if (place === undefined) return;
  if (frame.contentWindow && !frame.contentDocument) frame.contentWindow.postMessage({ place }, '*');
  else frame.contentDocument?.scrollingElement?.scrollTo(0, place);
}

function frames(): HTMLIFrameElement[] {
  return [...document.querySelectorAll('iframe')];
}

function sheets(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('.sheet')];
}

/** One person's message in one device: another language or scheme keeps the place, another person starts at the top. */
function keyOf(element: HTMLElement): string {
  const { searchParams } = new URL(location.href);
  return [element.id, ...['pack', 'sample', 'profile'].map((name) => searchParams.get(name) ?? '')].join('|');
}
