import type { Rect } from './damage/rects.ts';

/** As the reference lane's encoder writes it; left alone, WebCodecs takes a canvas's full range, which some players show washed out. */
const colorSpace: VideoColorSpaceInit = {
  primaries: 'bt709',
  transfer: 'bt709',
  matrix: 'bt709',
  fullRange: false,
};

export interface PictureTaker {
  /**
   * The canvas's picture as a frame that will be encoded in BT.709, limited range. `where`: all that changed since the picture
   * before; null: everything. Times in microseconds.
   */
  take(
    where: readonly Rect[] | null,
    time: { readonly timestamp: number; readonly duration: number },
  ): Promise<VideoFrame>;
}

/**
 * Reads by a frame's `copyTo` into one place: each `getImageData` has memory of its own, which the kernel clears page by
 * page. That took more time than drawing.
 */
export function createPictureTaker({ canvas }: CanvasRenderingContext2D): PictureTaker {
  const { width, height } = canvas;
  const stride = width * 4;
  // A line more: the last line of a rectangle is held to be as long as the others.
  const pixels = new Uint8Array(stride * (height + 1));
  const whole: Rect = { left: 0, top: 0, right: width, bottom: height };

  return {
    async take(where, time) {
      const shown = new VideoFrame(canvas, time);
      try {
        const { format } = shown;
        if (format === null || !packed.has(format)) throw new Error(`the canvas's pixels are ${format}`);
        for (const { left, top, right, bottom } of where ?? [whole]) {
          await shown.copyTo(pixels, {
            rect: { x: left, y: top, width: right - left, height: bottom - top },
            layout: [{ offset: top * stride + left * 4, stride }],
          });
        }
        return new VideoFrame(pixels, {
          ...time,
          format,
          codedWidth: width,
          codedHeight: height,
          colorSpace,
        });
      } finally {
        // Before the canvas is drawn on again: it would keep a copy for a frame that is still there.
        shown.close();
      }
    },
  };
}

/** Four bytes a pixel, the fourth of no account: the canvas is opaque. */
const packed: ReadonlySet<VideoPixelFormat> = new Set(['RGBX', 'BGRX']);
