// Enters: a snapshot, its pack, the name of a picture. Leaves: the picture as SVG, and the hash that names its content.
// Never: pixels, or an SVG that reaches outside, whatever the data holds.
import { createHash } from 'node:crypto';
import { DearlyError } from '../errors.ts';
import type { CompiledPack } from '../template/compile-pack.ts';
import { lintPicture } from '../template/lint-picture.ts';
import { directionOf, sayOf } from './roots.ts';
import type { Snapshot } from './snapshot.ts';

/** @throws DearlyError `artefact-missing` where the pack has no such picture; `pack-invalid` where it may not be drawn */
export function mergePicture(snapshot: Snapshot, pack: CompiledPack, name: string): string {
  const fill = Object.hasOwn(pack.pictures, name) ? pack.pictures[name] : undefined;
  if (fill === undefined) {
    throw new DearlyError('artefact-missing', `The pack "${pack.name}" has no picture of this name.`);
  }
  const { view, lang, locale, variant } = snapshot;
  const svg = fill({ ...view, lang, locale, variant, dir: directionOf(lang) }, sayOf(snapshot, pack)).trim();
  const details = lintPicture(`pictures/${name}.svg`, svg);
  if (details.length === 0) return svg;
  throw new DearlyError('pack-invalid', `A picture of "${pack.name}" may not be drawn.`, { details });
}

/** For the snapshot: who holds it knows under which keys the pictures are kept, without the pack. */
export function hashPictures(snapshot: Snapshot, pack: CompiledPack): Record<string, string> {
  return Object.fromEntries(
    Object.keys(pack.pictures).map((name) => [name, hashOf(mergePicture(snapshot, pack, name))]),
  );
}

function hashOf(svg: string): string {
  return createHash('sha256').update(svg).digest('hex');
}
