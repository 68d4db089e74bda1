import type { EncoderSetup } from './protocol.ts';

/** How the fast lane encodes. Part of `drawnBy`: what is changed here makes new segments. */
export const fastEncoder: EncoderSetup = {
  codec: 'avc1.640028',
  bitsPerPixel: 0.06,
  latencyMode: 'quality',
  bitrateMode: 'variable',
  contentHint: 'text',
};
