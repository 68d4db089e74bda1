/** What of an element's style decides where it and what is in it can leave ink. */
export interface Traits {
  /** Out of the flow: whatever changes in it moves nothing outside of it. */
  readonly isOut: boolean;
  /** What stands out of the flow in it is placed by it. */
  readonly isPlaced: boolean;
  readonly clipsX: boolean;
  readonly clipsY: boolean;
  readonly fontSize: number;
  /** Ink that no box tells of, or a change that no mutation tells of: scenes with it are drawn whole. */
  readonly isSurprising: boolean;
  /** The inline style but for what only paints. */
  readonly layout: string;
}

/** Pictures of one box, whatever is in them. */
export function isAtom(element: Element): boolean {
  return element instanceof SVGElement || element instanceof HTMLImageElement;
}

export function traitsOf(element: Element): Traits {
  const style = getComputedStyle(element);
  const { position, overflowX, overflowY } = style;
  return {
    isOut: position === 'absolute',
    isPlaced: position !== 'static',
    clipsX: clips.has(overflowX),
    clipsY: clips.has(overflowY),
    fontSize: Number.parseFloat(style.fontSize),
    isSurprising:
      !known.has(element.localName) ||
      (element instanceof SVGElement && overflowX === 'visible') ||
      unlike(style, harmless) ||
      pseudo.some((name) => getComputedStyle(element, name).content !== 'none'),
    layout: layoutOf(element),
  };
}

/** Equal before and after: at most opacity and transform changed, which move nothing but the element itself. */
export function layoutOf(element: Element): string {
  return (element.getAttribute('style') ?? '').replace(onlyPaints, '');
}

const onlyPaints = /(?:^|(?<=; ?))(?:opacity|transform): [^;]*;?/g;
const clips: ReadonlySet<string> = new Set(['hidden', 'clip']);
const pseudo = ['::before', '::after'];
/** Frames, forms, canvases, films and elements with shadow trees change by themselves. */
const known: ReadonlySet<string> = new Set(
  'div span p b i em strong small sub sup br h1 h2 h3 h4 h5 h6 ul ol section article header footer main figure figcaption bdi bdo time mark a img svg'.split(
    ' ',
  ),
);
type Harmless = Readonly<Partial<Record<keyof CSSStyleDeclaration, readonly string[]>>>;
const harmless: Harmless = {
  position: ['static', 'relative', 'absolute'],
  overflowX: ['visible', 'hidden', 'clip'],
  overflowY: ['visible', 'hidden', 'clip'],
  float: ['none'],
  boxShadow: ['none'],
  textShadow: ['none'],
  outlineStyle: ['none'],
  filter: ['none'],
  backdropFilter: ['none', ''],
  mixBlendMode: ['normal'],
  perspective: ['none'],
  animationName: ['none'],
  transitionDuration: ['0s'],
  borderImageSource: ['none'],
  webkitTextStrokeWidth: ['0px'],
};

function unlike(style: CSSStyleDeclaration, harmlessValues: Harmless): boolean {
  if (style.display === 'contents' || style.display === 'list-item') return true;
  return Object.entries(harmlessValues).some(
    ([name, values]) => !values?.includes(String(style[name as keyof CSSStyleDeclaration] ?? '')),
  );
}
