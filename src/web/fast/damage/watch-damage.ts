// Enters: what changed in a scene's DOM since the frame before. Leaves: the few rectangles that look different now, or null for all of it.
// Never: a guess. What no box tells of (shadows, filters, blending, animations) is drawn whole.
import { type Ink, type InkMap, measureInk } from './ink.ts';
import { areaOf, gather, isSame, type Rect } from './rects.ts';
import { sortTouched, type Touched } from './touched.ts';

export interface DamageWatch {
  /** Called for each frame that is drawn, once its layout stands; null: all. */
  damageOf(records: readonly MutationRecord[]): readonly Rect[] | null;
  /** Something moved that no mutation tells of: the next frame is drawn whole. */
  forget(): void;
}

/** Beyond this share of the frame, drawing it whole is quicker. */
const largestShare = 0.6;
/** Frames at most until it is tried again where everything moves. */
const longestRest = 16;

export function createDamageWatch(host: HTMLElement, width: number, height: number): DamageWatch {
  const frame: Rect = { left: 0, top: 0, right: width, bottom: height };
  const most = areaOf(frame) * largestShare;
  let inks: InkMap = new WeakMap();
  let isKnown = false;
  let isSurprised = false;
  let inVain = 0;
  let rest = 0;

  function measureAll(): void {
    inks = new WeakMap();
    measureInk(inks, host, frame, (_, __, { isBoundless }) => {
      isSurprised ||= isBoundless;
    });
    isKnown = true;
  }

  /** The first time that all is drawn, it may be an exception; where it is the rule, measuring would be in vain. */
  function rests(): null {
    isKnown = false;
    inVain += 1;
    rest = Math.min(2 ** (inVain - 1), longestRest) - 1;
    if (rest === 0) measureAll();
    return null;
  }

  function damaged(touched: Touched): readonly Rect[] | null {
    const rects: Rect[] = [];
    const add = (element: Element) => {
      const ink = inks.get(element);
      if (ink) rects.push(ink.own);
    };
    const addAll = (element: Element) => {
      add(element);
      for (const it of element.getElementsByTagName('*')) add(it);
    };
    for (const element of touched.removed) addAll(element);
    for (const element of touched.whole) addAll(element);
    for (const element of touched.own) add(element);
    if (rects.some((it) => areaOf(it) > most)) return null;
    const compare = (_: Element, before: Ink | undefined, after: Ink) => {
      isSurprised ||= after.isBoundless;
      if (before && isSame(before.own, after.own)) return;
      rects.push(after.own);
      if (before) rects.push(before.own);
    };
    for (const element of touched.moved) measureInk(inks, element, frame, compare);
    if (isSurprised) return null;
    for (const element of touched.whole) addAll(element);
    for (const element of touched.own) add(element);
    const gathered = gather(rects, frame);
    return gathered.reduce((sum, it) => sum + areaOf(it), 0) > most ? null : gathered;
  }

  return {
    damageOf(records) {
      if (isSurprised) return null;
      if (!isKnown) {
        rest -= 1;
        if (rest <= 0) measureAll();
        return null;
      }
      const touched = sortTouched(records, host, inks);
      const rects = touched && damaged(touched);
      if (rects === null) return rests();
      inVain = 0;
      return rects;
    },
    forget() {
      isKnown = false;
      rest = 0;
    },
  };
}
