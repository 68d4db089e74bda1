import { remotionStyleHashes } from '../remotion-style-hashes.ts';

/**
 * The stage's Content-Security-Policy: its own scripts, styles, fonts and pictures, and pictures that scenes paint for
 * themselves. No request by script at all, no frames, no workers, no forms.
 */
export const stagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${remotionStyleHashes.join(' ')}`,
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  'sandbox allow-scripts allow-same-origin',
].join('; ');
