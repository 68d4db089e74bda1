export interface FitRule {
  readonly text: string;
  readonly family: string;
  readonly weight: number;
  /** In em; smaller type is set wider. */
  readonly trackingAt: (size: number) => number;
  /** Width to fill and the largest number of lines. */
  readonly width: number;
  readonly lines: number;
  /** Largest and smallest size in pixels. */
  readonly size: number;
  readonly min: number;
}

let pen: CanvasRenderingContext2D | null = null;

/** The largest size at which the text takes no more than its lines and breaks no word; `min` when there is none. */
export function fitSize(rule: FitRule): number {
  for (let size = rule.size; size > rule.min; size -= 2) if (fits(rule, size)) return size;
  return rule.min;
}

function fits(rule: FitRule, size: number): boolean {
  const { width, lines } = rule;
  const space = widthOf(' ', rule, size);
  let used = 1;
  let along = 0;
  for (const word of rule.text.split(/[ \n\t]+/)) {
    const length = widthOf(word, rule, size);
    if (length > width) return false;
    const next = along === 0 ? length : along + space + length;
    if (next <= width) along = next;
    else {
      used += 1;
      along = length;
    }
    if (used > lines) return false;
  }
  return true;
}

function widthOf(text: string, { family, weight, trackingAt }: FitRule, size: number): number {
  pen ??= document.createElement('canvas').getContext('2d');
  if (!pen) return 0;
  pen.font = `${weight} ${size}px ${family}`;
  return pen.measureText(text).width + trackingAt(size) * size * text.length;
}
