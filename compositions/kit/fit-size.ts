export interface FitRule {
  readonly text: string;
  readonly family: string;
  readonly weight: number;
  /** In em; smaller type is set wider. */
  readonly trackingAt: (size: number) => number;
  /** Width to fill and the largest number of lines. */
  readonly width: number;
  readonly lines: number;
  /** All lines together, with the height of one in em. */
  readonly height?: number;
  readonly line: number;
  /** Largest and smallest size in pixels. */
  readonly size: number;
  readonly min: number;
}

let pen: CanvasRenderingContext2D | null = null;

/**
 * The largest size at which the text takes no more than its lines. Words stay whole as long as they stay readable (two thirds
 * of the way to `min`); then the ones wider than their place are broken, as the browser breaks them. `min` when nothing helps.
 */
export function fitSize(rule: FitRule): number {
  const wholeTo = Math.max(rule.min, rule.size - ((rule.size - rule.min) * 2) / 3);
  for (let size = rule.size; size >= wholeTo; size -= 2) if (fits(rule, size, false)) return size;
  if (rule.lines > 1)
    for (let size = rule.size; size >= rule.min; size -= 2) if (fits(rule, size, true)) return size;
  for (let size = wholeTo; size > rule.min; size -= 1) if (fits(rule, size, false)) return size;
  return rule.min;
}

function fits(rule: FitRule, size: number, breaks: boolean): boolean {
  const { width, lines } = rule;
  const space = widthOf(' ', rule, size);
  let used = 1;
  let along = 0;
  for (const word of rule.text.split(/[ \n\t]+/)) {
    const length = widthOf(word, rule, size);
    const next = along === 0 ? length : along + space + length;
    if (next <= width) {
      along = next;
      continue;
    }
    if (along > 0) used += 1;
    along = length;
    if (length > width) {
      if (!breaks) return false;
      // A broken line ends up to a letter short of the edge.
      const full = Math.max(1, width - size);
      used += Math.ceil(length / full) - 1;
      along = length % full;
    }
    if (used > lines) return false;
  }
  return used <= lines && used * size * rule.line <= (rule.height ?? Number.POSITIVE_INFINITY);
}

function widthOf(text: string, { family, weight, trackingAt }: FitRule, size: number): number {
  pen ??= document.createElement('canvas').getContext('2d');
  if (!pen) return 0;
  pen.font = `${weight} ${size}px ${family}`;
  pen.letterSpacing = `${trackingAt(size) * size}px`;
  // Figures are set in digits of one width, which a canvas does not know of.
  return pen.measureText(text.replace(/\d/g, '0')).width;
}
