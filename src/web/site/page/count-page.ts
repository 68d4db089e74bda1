// Enters: what elements note, the reader's time, whether the person agreed. Leaves: each thing once, in the outbox.
// Never: anything said or kept without that yes; the moment it is taken back, what waits is forgotten.
import { clearShelf, openShelf } from './event-shelf.ts';
import { createOutbox } from './outbox.ts';
import { readPage } from './read-page.ts';
import { watchReading } from './reading-time.ts';

/** Belongs to the page, with a film or without. */
export function countPage(): void {
  const { answerUrl, tracking = false } = readPage();
  if (answerUrl === undefined) return;
  const url = answerUrl;
  let stop = tracking ? count(url) : null;
  if (!tracking) clearShelf(url);
  document.addEventListener('dearly:counting', ({ detail: { on } }) => {
    if (on === (stop !== null)) return;
    stop?.();
    stop = on ? count(url) : null;
    if (!on) clearShelf(url);
  });
}

/** Returns what ends it. */
function count(url: string): () => void {
  const outbox = createOutbox({ url, shelf: openShelf(url) });
  const end = new AbortController();
  const { signal } = end;
  const seen = new Set<string>();
  /** Once per visit: a second watch tells nothing new. */
  const add = (kind: string, data: Readonly<Record<string, string | number>> = {}) => {
    const name = `${kind} ${JSON.stringify(data)}`;
    if (!seen.has(name)) outbox.add(kind, data);
    seen.add(name);
  };
  document.addEventListener('dearly:note', ({ detail }) => add(detail.kind, detail.data), { signal });
  document.addEventListener('dearly:flush', () => outbox.send(), { signal });
  // Forms that no element of ours has woken.
  document.addEventListener(
    'input',
    ({ target }) => {
      const form = target instanceof Element && target.closest<HTMLFormElement>('form[data-form]');
      if (form) add('form-start', { form: form.dataset.form ?? '' });
    },
    { signal, passive: true },
  );
  watchReading((seconds) => add('read', { seconds }), signal);
  addEventListener('pagehide', () => outbox.leave(), { signal });
  document.addEventListener(
    'visibilitychange',
    () => (document.visibilityState === 'hidden' ? outbox.leave() : outbox.send()),
    { signal },
  );
  addEventListener('online', () => outbox.send(), { signal });
  return () => {
    end.abort();
    outbox.end();
  };
}

declare global {
  interface DocumentEventMap {
    /** The reader has switched the counting on or off. */
    'dearly:counting': CustomEvent<{ readonly on: boolean }>;
    'dearly:flush': Event;
  }
}
