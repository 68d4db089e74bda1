import { paintVeil, type Veil } from './paint-veil.ts';

/** A veil in its place: moved by shares of the picture's size, and stretched about its middle. */
export interface HungVeil {
  readonly veil: Veil;
  readonly shift: readonly [x: number, y: number];
  readonly stretch: number;
}

export interface Sky {
  readonly ground: string;
  readonly veils: readonly HungVeil[];
  /** Over all of it: one colour, or from one to another along `angle` (degrees, as in CSS), at these shares of the way. */
  readonly shade: string | { readonly angle: number; readonly stops: readonly (readonly [number, string])[] };
}

/** A sky that stands still, as one opaque picture (data URL) of the frame's own size: nothing is left to stretch or blend. */
export function paintSky({ ground, veils, shade }: Sky, width: number, height: number): string {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const pen = canvas.getContext('2d', { alpha: false });
  if (!pen) return '';
  pen.imageSmoothingQuality = 'high';
  pen.fillStyle = ground;
  pen.fillRect(0, 0, width, height);
  for (const { veil, shift, stretch } of veils) {
    const [left, top] = [shift[0] + (1 - stretch) / 2, shift[1] + (1 - stretch) / 2];
    pen.drawImage(paintVeil(veil), left * width, top * height, stretch * width, stretch * height);
  }
  pen.fillStyle = typeof shade === 'string' ? shade : gradient(pen, shade.angle, shade.stops);
  pen.fillRect(0, 0, width, height);
  return canvas.toDataURL('image/png');
}

/** A CSS gradient's line is as long as its ends need to reach the corners (CSS Images 3, §3.1.1). */
function gradient(
  pen: CanvasRenderingContext2D,
  angle: number,
  stops: readonly (readonly [number, string])[],
): CanvasGradient {
  const { width, height } = pen.canvas;
  const [x, y] = [Math.sin((angle * Math.PI) / 180), -Math.cos((angle * Math.PI) / 180)];
  const half = (Math.abs(width * x) + Math.abs(height * y)) / 2;
  const [cx, cy] = [width / 2, height / 2];
  const line = pen.createLinearGradient(cx - x * half, cy - y * half, cx + x * half, cy + y * half);
  for (const [share, color] of stops) line.addColorStop(share, color);
  return line;
}
