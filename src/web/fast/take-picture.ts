/** As the reference lane's encoder writes it; left alone, WebCodecs takes a canvas's full range, which some players show washed out. */
const colorSpace: VideoColorSpaceInit = {
  primaries: 'bt709',
  transfer: 'bt709',
  matrix: 'bt709',
  fullRange: false,
};

/** The canvas's picture as a frame that will be encoded in BT.709, limited range. Times in microseconds. */
export function takePicture(
  pen: CanvasRenderingContext2D,
  time: { readonly timestamp: number; readonly duration: number },
): VideoFrame {
  const { width, height } = pen.canvas;
  const { data } = pen.getImageData(0, 0, width, height);
  const init: VideoFrameBufferInit & { readonly transfer: readonly ArrayBuffer[] } = {
    ...time,
    format: 'RGBX',
    codedWidth: width,
    codedHeight: height,
    colorSpace,
    transfer: [data.buffer],
  };
  return new VideoFrame(data, init);
}
