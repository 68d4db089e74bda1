import type { OverlayOptions } from 'sharp';

export interface PlayButtonColors {
  /** `#rrggbb`. */
  readonly disc?: string;
  readonly sign?: string;
}

/**
 * The disc's diameter, and its distance from the right and lower edge, as shares of the picture's shorter side. The
 * page's button stands on it.
 */
export const playButtonShare = 0.2;
export const playButtonInset = 0.122;
/** The button's square with its shadow, in diameters. */
const room = 1.6;

/**
 * Laid over a picture of this size, a play button in the lower right corner, where a poster frame keeps room for it: in
 * the middle it would cover the name.
 */
export function playButton(
  { width, height }: { readonly width: number; readonly height: number },
  { disc = '#ffffff', sign = '#101d33' }: PlayButtonColors = {},
): OverlayOptions {
  const side = Math.min(width, height);
  const edge = side * (playButtonInset - (playButtonShare * (room - 1)) / 2);
  const size = Math.round(side * playButtonShare * room);
  return {
    input: Buffer.from(drawButton(side * playButtonShare, disc, sign)),
    left: Math.round(width - edge - size),
    top: Math.round(height - edge - size),
  };
}

/** Paths only: sharp has no fonts on a bare machine. The shadow is a gradient, as blurs differ between SVG engines. */
function drawButton(diameter: number, disc: string, sign: string): string {
  const size = Math.round(diameter * room);
  const c = size / 2;
  const r = diameter / 2;
  // A triangle looks centred when its centre of gravity is.
  const t = r * 0.4;
  const corners = [
    [c - t * 0.62, c - t],
    [c + t * 1.12, c],
    [c - t * 0.62, c + t],
  ];
  const path = corners.map(([x = 0, y = 0]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join(' L ');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">
  <defs><radialGradient id="shadow"><stop offset="0.62" stop-color="#000" stop-opacity="0.3"/><stop offset="1" stop-color="#000" stop-opacity="0"/></radialGradient></defs>
  <circle cx="${c}" cy="${c + r * 0.08}" r="${(r * 1.4).toFixed(1)}" fill="url(#shadow)"/>
  <circle cx="${c}" cy="${c}" r="${r.toFixed(1)}" fill="${disc}"/>
  <path d="M ${path} Z" fill="${sign}" stroke="${sign}" stroke-width="${(r * 0.1).toFixed(1)}" stroke-linejoin="round"/>
</svg>`;
}
