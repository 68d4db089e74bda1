// Enters: what happens in the film. Leaves: notes of it, for whoever counts on this page.
// Never: a request, or a look at whether anybody counts: that is the page's (count-page.ts).
import { type Chapter, indexAt } from '../player/chapters.ts';
import { type Note, note } from './note.ts';

export interface Reporter {
  started(): void;
  /** Called with every frame that is shown while the film plays. */
  at(frame: number): void;
  /** Something done over the picture: `kind` and `scene`, with the `label` or the `form` of it. */
  did(what: Note['data']): void;
  /** It has come to an end: a good moment to tell. */
  flush(): void;
}

const marks = [25, 50, 75, 100] as const;

export function createReporter({ chapters }: { readonly chapters: readonly Chapter[] }): Reporter {
  const total = chapters.at(-1)?.end ?? 1;
  const seen = new Set<string>();
  /** Thirty frames a second are one note. */
  const once = (kind: Note['kind'], data: Note['data']) => {
    const name = `${kind} ${Object.values(data).join()}`;
    if (!seen.has(name)) note(kind, data);
    seen.add(name);
  };
  return {
    started: () => note('video-start', {}),
    at(frame) {
      const scene = chapters[indexAt(chapters, frame)]?.id;
      if (scene !== undefined) once('video-chapter', { scene });
      const percent = ((frame + 1) / total) * 100;
      for (const mark of marks) if (percent >= mark) once('video-progress', { percent: mark });
    },
    did: (what) => note('interaction', what),
    flush: () => document.dispatchEvent(new Event('dearly:flush')),
  };
}
