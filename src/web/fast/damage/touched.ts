import type { InkMap } from './ink.ts';
import { layoutOf, traitsOf } from './traits.ts';

/** Elements by what the changes ask for. */
export interface Touched {
  /** They look different, with all that is in them. */
  readonly whole: ReadonlySet<Element>;
  /** Their own text may have moved. */
  readonly own: ReadonlySet<Element>;
  /** No longer there. */
  readonly removed: readonly Element[];
  /** All that may stand elsewhere now is in one of these. */
  readonly moved: ReadonlySet<Element>;
}

/** Null where a change may reach anything: another attribute than `style`, or an element that nobody has measured. */
export function sortTouched(records: readonly MutationRecord[], host: Element, inks: InkMap): Touched | null {
  const whole = new Set<Element>();
  const own = new Set<Element>();
  const moved = new Set<Element>();
  const removed: Element[] = [];
  const seen = new Set<Element>();

  /** The nearest element whose layout is its own affair; on the way, all whose text may flow around it. */
  function reflow(element: Element): void {
    whole.add(element);
    if (inks.get(element)?.traits.isOut && traitsOf(element).isOut) {
      moved.add(element);
      return;
    }
    let around = element.parentElement ?? host;
    if (around !== host) whole.add(around);
    while (around !== host && !inks.get(around)?.traits.isOut) {
      if (inks.get(around)?.hasText) own.add(around);
      around = around.parentElement ?? host;
    }
    moved.add(around);
  }

  for (const { type, target, attributeName, removedNodes } of records) {
    const touched = target instanceof Element ? target : target.parentElement;
    if (touched === null || !host.contains(touched)) return null;
    const svg = outermostSvg(touched);
    if (svg !== null && svg !== touched) {
      if (!inks.has(svg)) return null;
      whole.add(svg);
      continue;
    }
    // It came with a parent that is measured anew.
    if (!inks.has(touched)) continue;
    for (const node of removedNodes) if (node instanceof Element) removed.push(node);
    if (type !== 'attributes') {
      reflow(touched);
      continue;
    }
    if (seen.has(touched)) continue;
    if (attributeName !== 'style') return null;
    seen.add(touched);
    if (inks.get(touched)?.traits.layout !== layoutOf(touched)) reflow(touched);
    else {
      whole.add(touched);
      moved.add(touched);
    }
  }
  return { whole, own, removed, moved };
}

function outermostSvg(element: Element): Element | null {
  let svg = element.closest('svg');
  for (let outer = svg; outer; outer = outer.parentElement?.closest('svg') ?? null) svg = outer;
  return svg;
}
