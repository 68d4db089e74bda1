export interface Veil {
  /** Red, green, blue. */
  readonly color: readonly [number, number, number];
  readonly opacity: number;
  /** Where its lower hem hangs, and how far it reaches up, as shares of the height. */
  readonly hem: number;
  readonly reach: number;
  /** Waves along the hem: share of the height, count over the width, where the first begins. */
  readonly swing: number;
  readonly waves: number;
  readonly phase: number;
}

/** So small that it costs nothing to paint; stretched to the frame it is as soft as light. */
const width = 128;
const height = 72;

/** A veil of light: strongest a little above its hem, fading upwards. */
export function paintVeil(veil: Veil): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (!pen) return canvas;
  const picture = pen.createImageData(width, height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const alpha = glowAt(veil, x / (width - 1), y / (height - 1)) * veil.opacity;
      picture.data.set([...veil.color, Math.round(alpha * 255)], (y * width + x) * 4);
    }
  }
  pen.putImageData(picture, 0, 0);
  return canvas;
}

function glowAt({ hem, reach, swing, waves, phase }: Veil, x: number, y: number): number {
  const lower = hem + swing * Math.sin(x * waves * Math.PI * 2 + phase) - 0.16 * x * x;
  const above = (lower - y) / (reach * (0.72 + 0.28 * x));
  return smooth(-0.1, 0.24, above) * (1 - smooth(0.16, 1, above));
}

function smooth(from: number, to: number, value: number): number {
  const t = Math.max(0, Math.min(1, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}
