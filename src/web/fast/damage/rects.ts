/** Pixels of the frame, whole ones where they name what is drawn. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Each rectangle costs a walk over all that is drawn: as much as this many pixels, about. */
const worthPixels = 12_000;

export function areaOf({ left, top, right, bottom }: Rect): number {
  return Math.max(0, right - left) * Math.max(0, bottom - top);
}

/** Around both; what is empty has no place. */
export function unite(a: Rect, b: Rect): Rect {
  if (areaOf(a) === 0) return b;
  if (areaOf(b) === 0) return a;
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

export function intersect(a: Rect, b: Rect): Rect {
  return {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
}

/** Larger on each side. */
export function inflate({ left, top, right, bottom }: Rect, by: number): Rect {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}

export function isSame(a: Rect, b: Rect): boolean {
  return a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;
}

/** A few that cover them all, in whole pixels within the frame, none over another. */
export function gather(rects: Iterable<Rect>, frame: Rect): readonly Rect[] {
  const gathered: Rect[] = [];
  for (const rect of rects) {
    let next = toPixels(intersect(rect, frame));
    if (areaOf(next) === 0) continue;
    // What grows may reach others that it did not reach before.
    for (let at = 0; at < gathered.length; at += 1) {
      const other = gathered[at] as Rect;
      const around = unite(next, other);
      if (areaOf(around) > areaOf(next) + areaOf(other) + worthPixels && !doTouch(next, other)) continue;
      next = around;
      gathered.splice(at, 1);
      at = -1;
    }
    gathered.push(next);
  }
  return gathered;
}

function doTouch(a: Rect, b: Rect): boolean {
  return areaOf(intersect(a, b)) > 0;
}

function toPixels({ left, top, right, bottom }: Rect): Rect {
  return { left: Math.floor(left), top: Math.floor(top), right: Math.ceil(right), bottom: Math.ceil(bottom) };
}
