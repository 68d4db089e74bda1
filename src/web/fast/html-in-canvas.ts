// Enters: an element. Leaves: its picture in a canvas. Never: another file that knows how.
// All of html-in-canvas stands here: the interface is a draft, and names in it change from browser to browser.

import type { Rect } from './damage/rects.ts';

type Draw = (element: Element, x: number, y: number) => unknown;

type Pen = Omit<CanvasRenderingContext2D, 'drawElementImage'> & {
  readonly drawElementImage?: Draw;
  /** Its name in older drafts. */
  readonly drawElement?: Draw;
};

type DrawableCanvas = Omit<HTMLCanvasElement, 'requestPaint'> & { readonly requestPaint?: () => void };

export interface Canvas {
  readonly pen: CanvasRenderingContext2D;
  /** What stands in here is drawn. */
  readonly host: HTMLElement;
  /** Draws the host as it is now, on black: videos know no transparency. `within`: only there, in whole pixels; the rest stays as it was drawn. */
  paint(within?: readonly Rect[] | null): Promise<void>;
  remove(): void;
}

/** Null, or what is missing. */
export function lacksHtmlInCanvas(): string | null {
  const element: DrawableCanvas = document.createElement('canvas');
  const pen: Pen | null = element.getContext('2d');
  if (!pen?.drawElementImage && !pen?.drawElement) return 'it does not draw HTML into a canvas';
  return element.requestPaint ? null : 'its canvas does not tell when HTML can be drawn';
}

export function openCanvas(width: number, height: number): Canvas {
  const element = document.createElement('canvas');
  const drawable: DrawableCanvas = element;
  // One of them means something to this browser; the other, nothing.
  element.setAttribute('layoutsubtree', '');
  element.setAttribute('content', 'drawable');
  Object.assign(element, { width, height });
  const host = document.createElement('div');
  // Nobody looks at the canvas itself; shown, it would be copied to the browser's screen for each frame. What is in it is drawn all the same.
  element.style.visibility = 'hidden';
  host.style.visibility = 'visible';
  host.style.width = `${width}px`;
  host.style.height = `${height}px`;
  element.append(host);
  document.body.append(element);
  const context = element.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('the browser gives no canvas');
  const pen: Pen = context;

  function draw(): void {
    pen.fillStyle = '#000';
    pen.fillRect(0, 0, width, height);
    if (pen.drawElementImage) pen.drawElementImage(host, 0, 0);
    else pen.drawElement?.(host, 0, 0);
  }

  /** One clip for each: a rectangle's is free of charge, a path's is not. */
  function drawWithin({ left, top, right, bottom }: Rect): void {
    pen.save();
    pen.beginPath();
    pen.rect(left, top, right - left, bottom - top);
    pen.clip();
    draw();
    pen.restore();
  }

  return {
    pen: context,
    host,
    paint: (within = null) =>
      new Promise((resolve, reject) => {
        const onPaint = () => {
          try {
            if (within === null) draw();
            else for (const rect of within) drawWithin(rect);
            resolve();
          } catch (cause) {
            reject(cause);
          }
        };
        element.addEventListener('paint', onPaint, { once: true });
        drawable.requestPaint?.();
      }),
    remove: () => element.remove(),
  };
}
