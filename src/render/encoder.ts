/** How every MP4 is encoded. Part of an artefact's key: what is changed here makes new files. */
export const encoder = {
  codec: 'h264',
  pixelFormat: 'yuv420p',
  /** Constant quality; text stays crisp, 26 s of flat colours come to about 1 MB. */
  crf: 20,
  x264Preset: 'veryfast',
  /** Frames on their way to the encoder. */
  imageFormat: 'jpeg',
  jpegQuality: 92,
  colorSpace: 'bt709',
  muted: true,
} as const;
