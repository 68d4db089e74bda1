import type { PageEvent, Shelf } from './outbox.ts';

const prefix = 'dearly:';

/**
 * The device's own storage, for events of this page that nobody has acknowledged yet. Each view has a place of its own there
 * (two tabs do not write over each other) and takes in what earlier ones left. A device that keeps nothing is none of our
 * business: then an event lives as long as its page.
 */
export function openShelf(answerUrl: string): Shelf {
  const page = `${prefix}${pageOf(answerUrl)}:`;
  const mine = `${page}${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
  return {
    read: () =>
      orElse([], () => {
        const left = Object.keys(localStorage).filter((key) => key.startsWith(page));
        const events = left.flatMap(readOne).sort((a, b) => (a.at < b.at ? -1 : 1));
        // Of two views, each with its own count: in the order of their times.
        const all = events.map((it, seq) => ({ ...it, seq }));
        if (all.length > 0) localStorage.setItem(mine, JSON.stringify(all));
        for (const key of left) localStorage.removeItem(key);
        return all;
      }),
    write: (events) =>
      orElse(undefined, () => {
        if (events.length === 0) localStorage.removeItem(mine);
        else localStorage.setItem(mine, JSON.stringify(events));
      }),
  };
}

/** All that any view of this page has left. */
export function clearShelf(answerUrl: string): void {
  const page = `${prefix}${pageOf(answerUrl)}:`;
  orElse(undefined, () => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(page)) localStorage.removeItem(key);
  });
}

/** Which page it is; not enough of the token to open it. */
function pageOf(answerUrl: string): string {
  return new URL(answerUrl, location.href).pathname.split('/').at(-1)?.slice(0, 20) ?? '';
}

function readOne(key: string): PageEvent[] {
  return orElse([], () => {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? (kept as PageEvent[]) : [];
  });
}

function orElse<T>(otherwise: T, act: () => T): T {
  try {
    return act();
  } catch {
    return otherwise;
  }
}
