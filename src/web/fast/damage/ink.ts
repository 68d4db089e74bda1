import { areaOf, inflate, intersect, type Rect, unite } from './rects.ts';
import { isAtom, layoutOf, type Traits, traitsOf } from './traits.ts';

/** Where an element leaves ink, and where what is in it can. */
export interface Ink {
  readonly traits: Traits;
  /** No box tells where it ends. */
  readonly isBoundless: boolean;
  /** Of the element's own box and text. */
  readonly own: Rect;
  readonly hasText: boolean;
  /** For what stands in its flow, and for what is placed out of it. */
  readonly flow: Rect;
  readonly placed: Rect;
}

/** Edges between pixels are blended. */
const edge = 2;
/** Letters reach beyond their line: accents, swashes, tight lines. Shares of their size. */
const overhang = 0.5;

export type InkMap = WeakMap<Element, Ink>;

/**
 * Measures `root` and all in it. `onMeasured` hears of each element, before its children. Layout is brought up to date: what
 * costs is that, not the boxes.
 */
export function measureInk(
  inks: InkMap,
  root: Element,
  frame: Rect,
  onMeasured: (element: Element, before: Ink | undefined, after: Ink) => void,
): void {
  const parent = root.parentElement && inks.get(root.parentElement);
  visit(root, parent?.flow ?? frame, parent?.placed ?? frame);

  function visit(element: Element, flow: Rect, placed: Rect): void {
    const before = inks.get(element);
    const traits = before && before.traits.layout === layoutOf(element) ? before.traits : traitsOf(element);
    const after = inkOf(element, traits, traits.isOut ? placed : flow, placed);
    inks.set(element, after);
    onMeasured(element, before, after);
    if (isAtom(element)) return;
    for (let child = element.firstElementChild; child; child = child.nextElementSibling) {
      visit(child, after.flow, after.placed);
    }
  }
}

function inkOf(element: Element, traits: Traits, within: Rect, placed: Rect): Ink {
  const box: Rect = element.getBoundingClientRect();
  const { clipsX, clipsY, isPlaced } = traits;
  const inner = intersect(within, {
    left: clipsX ? box.left - edge : Number.NEGATIVE_INFINITY,
    right: clipsX ? box.right + edge : Number.POSITIVE_INFINITY,
    top: clipsY ? box.top - edge : Number.NEGATIVE_INFINITY,
    bottom: clipsY ? box.bottom + edge : Number.POSITIVE_INFINITY,
  });
  const text = isAtom(element) ? '' : textIn(element);
  const hasText = text !== '';
  const border = intersect(inflate(box, edge), within);
  const own = hasText ? unite(border, intersect(boxOfText(element, box, traits), inner)) : border;
  const isBoundless = traits.isSurprising || towering.test(text);
  return { traits, isBoundless, own, hasText, flow: inner, placed: isPlaced ? inner : placed };
}

/** Text may be wider and taller than the box that it stands in. */
function boxOfText(element: Element, box: Rect, { fontSize }: Traits): Rect {
  range.selectNodeContents(element);
  const text: Rect = range.getBoundingClientRect();
  const width = element instanceof HTMLElement ? element.offsetWidth : 0;
  const scale = width > 0 ? Math.max(1, (box.right - box.left) / width) : 1;
  return areaOf(text) === 0 ? text : inflate(text, fontSize * scale * overhang);
}

const range = document.createRange();

/** Marks piled upon a letter go as high as they like. */
const towering = /\p{M}{3}/u;

/** Directly in it; empty where it is only space. */
function textIn(element: Element): string {
  let text = '';
  for (let node = element.firstChild; node; node = node.nextSibling) {
    if (node.nodeType === Node.TEXT_NODE) text += node.nodeValue ?? '';
  }
  return text.trim();
}
