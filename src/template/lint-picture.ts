// Enters: an SVG. Leaves: whatever in it could reach outside, run, or not be drawn everywhere alike. Never: a picture.

/** Shapes, groups and gradients. No text: a bare machine has no fonts to draw it with. No filters: they can cost seconds. */
const elements = new Set(
  'svg g defs path rect circle ellipse line polyline polygon linearGradient radialGradient stop clipPath mask'.split(
    ' ',
  ),
);
const limitBytes = 200_000;
/** Pixels. */
const limitSide = 2400;

const forbidden: readonly (readonly [RegExp, string])[] = [
  [/<[!?]/g, 'comments, doctypes and instructions have no place here'],
  [/\b(?:xlink:)?href\s*=/g, 'href=… could lead outside; draw the part where it stands'],
  [/\bstyle\s*=/g, 'style=… is not looked into; write fill, stroke and the like as attributes'],
  [/\son\w+\s*=/g, 'on…=… does not run here'],
  [/url\(\s*(?!#[\w-]+\s*\))/g, 'url(…) may only name a gradient, clip or mask of this picture: url(#name)'],
];

/** @returns one line per fault: `pictures/offer.svg:12: …`. Works on a template as on what it was filled to. */
export function lintPicture(file: string, svg: string): readonly string[] {
  const lineAt = (index: number) => svg.slice(0, index).split('\n').length;
  const unknown = [...svg.matchAll(/<\/?([^\s/>!?]*)/g)]
    .filter(([, name = '']) => name !== '' && !elements.has(name))
    .map(
      ({ index, 1: name }) =>
        `${file}:${lineAt(index)}: <${name}> is not drawn; use ${[...elements].join(', ')}`,
    );
  const wrong = forbidden.flatMap(([pattern, problem]) =>
    [...svg.matchAll(pattern)].map(({ index }) => `${file}:${lineAt(index)}: ${problem}`),
  );
  return [...unknown, ...wrong, ...sizeFaults(file, svg)];
}

function sizeFaults(file: string, svg: string): readonly string[] {
  const faults: string[] = [];
  if (svg.length > limitBytes) faults.push(`${file}:1: more than ${limitBytes / 1000} KB; draw less`);
  const [opening = ''] = /^\s*<svg\b[^>]*>/.exec(svg) ?? [];
  const side = (name: string) => Number(new RegExp(`\\s${name}="(\\d+)"`).exec(opening)?.[1] ?? 0);
  const fits = (pixels: number) => pixels > 0 && pixels <= limitSide;
  if (!fits(side('width')) || !fits(side('height')))
    faults.push(`${file}:1: expected <svg width="…" height="…"> in pixels, at most ${limitSide}`);
  return faults;
}
