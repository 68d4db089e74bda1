// Enters: what happens in the player. Leaves: batches of events to the page's answer address. Never: anything without consent.
import { type Chapter, indexAt } from '../player/chapters.ts';

export interface PageEvent {
  /** Lets the server count an event once, however often it arrives. */
  readonly id: string;
  readonly kind: 'video-start' | 'video-progress' | 'video-chapter' | 'interaction';
  /** ISO 8601, the visitor's clock. */
  readonly at: string;
  readonly data: Readonly<Record<string, string | number>>;
}

export interface Reporter {
  started(): void;
  /** Called with every frame that is shown while the film plays. */
  at(frame: number): void;
  /** Something done over the picture: `kind` and `scene`, with the `label` or the `form` of it. */
  did(what: PageEvent['data']): void;
  flush(): void;
}

const marks = [25, 50, 75, 100] as const;
const gatherMs = 4000;

export function createReporter(options: {
  readonly answerUrl: string;
  readonly tracking: boolean;
  readonly chapters: readonly Chapter[];
}): Reporter {
  const { answerUrl, tracking, chapters } = options;
  if (!tracking) return { started() {}, at() {}, did() {}, flush() {} };
  const total = chapters.at(-1)?.end ?? 1;
  const seen = new Set<string>();
  let batch: PageEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush() {
    clearTimeout(timer);
    timer = undefined;
    if (batch.length === 0) return;
    const body = new Blob([JSON.stringify({ events: batch })], { type: 'application/json' });
    // Outlives the page; a browser that refuses (its quota is full) is asked again with the next event.
    if (navigator.sendBeacon(answerUrl, body)) batch = [];
  }

  /** Each thing once per visit: a second watch tells nothing new. */
  function note(kind: PageEvent['kind'], data: PageEvent['data'] = {}) {
    const name = `${kind} ${JSON.stringify(data)}`;
    if (seen.has(name)) return;
    seen.add(name);
    batch.push({ id: newId(), kind, at: new Date().toISOString(), data });
    timer ??= setTimeout(flush, gatherMs);
  }

  addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') flush();
  });
  return {
    started: () => note('video-start'),
    at(frame) {
      const scene = chapters[indexAt(chapters, frame)]?.id;
      if (scene !== undefined) note('video-chapter', { scene });
      const percent = ((frame + 1) / total) * 100;
      for (const mark of marks) if (percent >= mark) note('video-progress', { percent: mark });
    },
    did: (what) => note('interaction', what),
    flush,
  };
}

/** `crypto.randomUUID` wants https or localhost; a house server on plain http is neither. RFC 9562, version 4. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
