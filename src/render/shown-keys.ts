import type { Snapshot } from '../merge/snapshot.ts';
import { type Format, formats } from '../template/composition.ts';
import { pictureKey, stillKeys } from './artefact-key.ts';
import { assetPlaceKeys } from './asset-key.ts';

/** Under which keys a message's pictures and stills may be kept, in every format. Films, sounds and documents are none of them. */
export function shownKeys({
  storyboard,
  pictures = {},
}: Pick<Snapshot, 'storyboard' | 'pictures'>): string[] {
  const drawn = Object.values(pictures).map(pictureKey);
  if (!storyboard) return drawn;
  const sizes = Object.keys(formats) as Format[];
  return [
    ...drawn,
    ...assetPlaceKeys(storyboard),
    ...sizes.flatMap((format) => stillKeys(storyboard, format)),
  ];
}
