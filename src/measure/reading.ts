import { addUp, type Figures } from './cell.ts';

/** How long people looked at the page: visible, with signs of life. Those who agreed to be counted when they were written to. */
export interface Reading {
  /** Who came to the page. */
  readonly people: number;
  /** Half of them read at least so long; 0 for less than the first mark, null where nobody came. */
  readonly medianSeconds: number | null;
  /** How many read at least so long, the shortest first. */
  readonly atLeast: readonly { readonly seconds: number; readonly people: number }[];
}

export function readingOf({ deeds }: Figures): Reading {
  const counted = deeds.filter((it) => it.tracked && !it.machine);
  const marks = counted.filter((it) => it.deed === 'read' && it.mark !== null);
  const readers = addUp(marks, (it) => it.people);
  // Who agreed on the way reads without having come, as far as we saw.
  const people = Math.max(
    readers,
    addUp(counted, (it) => (it.deed === 'visit' ? it.people : 0)),
  );
  const seconds = [...new Set(marks.map((it) => it.mark ?? 0))].sort((a, b) => a - b);
  const atLeast = seconds.map((least) => ({
    seconds: least,
    people: addUp(marks, (it) => ((it.mark ?? 0) >= least ? it.people : 0)),
  }));
  const half = atLeast.findLast((it) => it.people * 2 >= people);
  return { people, medianSeconds: people === 0 ? null : (half?.seconds ?? 0), atLeast };
}
