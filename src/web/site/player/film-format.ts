import type { Format } from '../../../template/composition.ts';

/** The same lines as in player.css. */
export const phoneUpright = '(max-width: 600px) and (orientation: portrait)';
export const screenUpright = '(max-aspect-ratio: 4/5)';

/** Upright where the screen is, as far as the film has such a cut; snapshots of old do not say what they have. */
export function filmFormat(formats: readonly Format[] | undefined, isUpright: boolean): Format {
  const wanted: readonly Format[] = isUpright ? ['9:16', '1:1', '16:9'] : ['16:9', '1:1', '9:16'];
  return wanted.find((it) => formats?.includes(it)) ?? (isUpright ? '1:1' : '16:9');
}
