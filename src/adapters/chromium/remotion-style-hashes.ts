import { createHash } from 'node:crypto';
import { Internals } from 'remotion';

/** For `style-src`: what Remotion's player writes into `<style>` elements, which no nonce reaches. */
export const remotionStyleHashes: readonly string[] = [
  hashOf(Internals.CSSUtils.makeDefaultPreviewCSS('.__remotion-player', '#fff')),
];

function hashOf(css: string): string {
  return `'sha256-${createHash('sha256').update(css).digest('base64')}'`;
}
