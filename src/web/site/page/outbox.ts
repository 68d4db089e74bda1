// Enters: what happened on the page. Leaves: batches of it to the server, each event again until the server has said that it is kept.
// Never: more than one batch under way, an event forgotten before it was acknowledged, or a device filled up.
import { newId } from './new-id.ts';

export interface PageEvent {
  /** Lets the server count an event once, however often it arrives. */
  readonly id: string;
  /** The order in which things happened, across views of this page that wait together. */
  readonly seq: number;
  readonly kind: string;
  /** ISO 8601, the visitor's clock. */
  readonly at: string;
  readonly data: Readonly<Record<string, string | number>>;
}

/** Where events wait that nobody has acknowledged; it outlives the page. */
export interface Shelf {
  read(): readonly PageEvent[];
  write(events: readonly PageEvent[]): void;
}

export interface OutboxOptions {
  readonly url: string;
  readonly shelf: Shelf;
  /** Between the first event and the batch that it goes with. */
  readonly gatherMs?: number;
  /** After the first try that failed; each further one waits twice as long, a minute at most. */
  readonly retryMs?: number;
}

export interface Outbox {
  add(kind: string, data?: PageEvent['data']): void;
  /** Now, and not in a while. */
  send(): void;
  /** The page may be gone in a moment: says what is left without hearing an answer. It is said again by whoever lives on. */
  leave(): void;
  /** Forgets everything, here and on the shelf. */
  end(): void;
  readonly waiting: number;
}

/** What the server takes at once, and what a page keeps at most. */
const batchSize = 50;
const mostWaiting = 500;
const longestMs = 60_000;

export function createOutbox({ url, shelf, gatherMs = 4000, retryMs = 1000 }: OutboxOptions): Outbox {
  let waiting = [...shelf.read()].slice(0, mostWaiting);
  let seq = Math.max(-1, ...waiting.map((it) => it.seq)) + 1;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isSending = false;
  let isOver = false;
  let failures = 0;

  function plan(afterMs: number): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      void sendAll();
    }, afterMs);
  }

  async function sendAll(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (isSending) return;
    isSending = true;
    while (waiting.length > 0 && !isOver) {
      const batch = waiting.slice(0, batchSize);
      if (!isSettled(await post(url, bodyOf(batch)))) {
        failures++;
        // Neighbours that were cut off together do not come back together.
        plan(Math.min(longestMs, retryMs * 2 ** (failures - 1)) * (0.5 + Math.random() / 2));
        break;
      }
      failures = 0;
      const done = new Set(batch.map((it) => it.id));
      waiting = waiting.filter((it) => !done.has(it.id));
      if (!isOver) shelf.write(waiting);
    }
    isSending = false;
  }

  if (waiting.length > 0) plan(0);
  return {
    add(kind, data = {}) {
      if (isOver || waiting.length >= mostWaiting) return;
      waiting.push({ id: newId(), seq: seq++, kind, at: new Date().toISOString(), data });
      shelf.write(waiting);
      plan(gatherMs);
    },
    send: () => void sendAll(),
    leave() {
      for (let from = 0; from < waiting.length; from += batchSize) {
        const body = bodyOf(waiting.slice(from, from + batchSize));
        // A browser that refuses (its quota is full) leaves them on the shelf, for the next visit.
        if (!navigator.sendBeacon(url, new Blob([body], { type: 'application/json' }))) return;
      }
    },
    end() {
      isOver = true;
      clearTimeout(timer);
      waiting = [];
      shelf.write([]);
    },
    get waiting() {
      return waiting.length;
    },
  };
}

function bodyOf(events: readonly PageEvent[]): string {
  return JSON.stringify({ sentAt: new Date().toISOString(), events });
}

/** The answer's status; null where there was none. */
async function post(url: string, body: string): Promise<number | null> {
  const headers = { 'content-type': 'application/json' };
  try {
    return (await fetch(url, { method: 'POST', body, headers, keepalive: true })).status;
  } catch {
    return null;
  }
}

/** Kept, or refused for good: what the server says no to now it says no to tomorrow. Too much or too early is not for good. */
function isSettled(status: number | null): boolean {
  return status !== null && status < 500 && ![408, 425, 429].includes(status);
}
