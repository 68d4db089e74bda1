import { DearlyError } from '../../errors.ts';
import type { Storyboard } from '../../merge/snapshot.ts';
import type { Format } from '../../template/composition.ts';

/** Snapshots of old do not say; they were drawn in this one. */
const formatsOfOld: readonly [Format] = ['16:9'];

/** What a film can be drawn in, the preferred one first. */
export function formatsOf({ formats = formatsOfOld }: Pick<Storyboard, 'formats'>): readonly Format[] {
  return formats;
}

/** The format asked for, or the preferred one. @throws DearlyError `request-invalid`, naming those that there are */
export function chooseFormat(
  film: Pick<Storyboard, 'composition' | 'formats'>,
  asked: Format | undefined,
): Format {
  const has = formatsOf(film);
  const format = asked ?? has[0] ?? formatsOfOld[0];
  if (has.includes(format)) return format;
  throw new DearlyError('request-invalid', `The composition "${film.composition}" has no format ${asked}.`, {
    details: [`format: it has ${has.join(', ')}`],
  });
}
