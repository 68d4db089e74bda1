import { DearlyError } from '../errors.ts';
import type { Segment } from './read-segment.ts';

/**
 * One track has one decoder configuration: byte for byte the same in all its segments. @throws DearlyError `render-failed`,
 * naming the first two scenes that differ
 */
export function refuseMixture(composition: string, segments: readonly Segment[]): void {
  const [first, ...others] = segments;
  if (first === undefined)
    throw new DearlyError('render-failed', `${composition}: there is no scene to join.`);
  const known = fingerprint(first.decoderConfig);
  for (const other of others) {
    if (other.decoderConfig === first.decoderConfig || fingerprint(other.decoderConfig) === known) continue;
    throw new DearlyError(
      'render-failed',
      `${composition}: the scenes "${first.sceneId}" and "${other.sceneId}" were encoded in two ways and cannot be joined.`,
      { details: [`${first.sceneId}: ${known}`, `${other.sceneId}: ${fingerprint(other.decoderConfig)}`] },
    );
  }
}

function fingerprint({
  codec,
  codedWidth,
  codedHeight,
  description,
  colorSpace,
}: VideoDecoderConfig): string {
  const { primaries, transfer, matrix, fullRange } = colorSpace ?? {};
  const colours = [primaries, transfer, matrix, fullRange].join('/');
  return `${codec} ${codedWidth}×${codedHeight} ${colours} ${hex(description)}`;
}

function hex(bytes: AllowSharedBufferSource | undefined): string {
  if (bytes === undefined) return '';
  return ArrayBuffer.isView(bytes)
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
    : Buffer.from(bytes).toString('hex');
}
