import { create, type Font } from 'fontkit';

export interface Lettering {
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
  /** Pixels. */
  readonly size: number;
  readonly fill: string;
  /** Letters that would pass it are cut off for an ellipsis. */
  readonly width: number;
}

/** Writes text as an SVG path: sharp draws none of an SVG's text on a machine without fonts. */
export type WriteText = (text: string, lettering: Lettering) => string;

/** @param fontFile WOFF2, WOFF or TrueType with one face */
export function openLettering(fontFile: Uint8Array): WriteText {
  const font = create(Buffer.from(fontFile));
  if (!('layout' in font)) throw new TypeError('expected one face, not a collection');
  return (text, { x, y, size, fill, width }) => {
    const scale = size / font.unitsPerEm;
    const { glyphs, positions } = font.layout(shorten(font, text, width / scale));
    let advance = 0;
    const paths = glyphs.map((glyph, at) => {
      const left = advance + (positions[at]?.xOffset ?? 0);
      advance += positions[at]?.xAdvance ?? 0;
      return `<path transform="translate(${left} 0)" d="${glyph.path.toSVG()}"/>`;
    });
    // A font's y axis points up.
    return `<g fill="${fill}" transform="translate(${x} ${y}) scale(${scale} ${-scale})">${paths.join('')}</g>`;
  };
}

function shorten(font: Font, text: string, limit: number): string {
  if (font.layout(text).advanceWidth <= limit) return text;
  const letters = [...text];
  while (letters.length > 0 && font.layout(`${letters.join('')}…`).advanceWidth > limit) letters.pop();
  return `${letters.join('')}…`;
}
