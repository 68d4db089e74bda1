// Enters: what a variant asks for, the pack and the composition. Leaves: what of it they do not have, in words.
// Never: a name passed over: a variant that changes nothing would be tested against itself.
import type { Arrangement } from '../campaign/variant.ts';
import type { CompiledPack } from '../template/compiled-pack.ts';
import type { LoadedComposition } from './make-storyboard.ts';

/** @returns one line per name: `blocks: "tipps" is none; there are usage, tips` */
export function arrangementFaults(
  { subject, blocks = [], scenes = [] }: Arrangement,
  pack: Pick<CompiledPack, 'name' | 'blocks' | 'subjects'>,
  composition: LoadedComposition | null,
): readonly string[] {
  const ids = composition?.definition.scenes.map(({ id }) => id) ?? [];
  const chosen = subject === undefined ? [] : [subject];
  return [
    ...missing('subject', chosen, pack.subjects, `the pack "${pack.name}" has no subject.<name>.hbs`),
    ...missing('blocks', blocks, pack.blocks, `the pack "${pack.name}" has no {{#block}}`),
    ...missing(
      'scenes',
      scenes,
      ids,
      composition ? 'the film has no scenes' : 'the campaign names no composition',
    ),
  ];
}

function missing(
  field: string,
  asked: readonly string[],
  there: readonly string[],
  none: string,
): readonly string[] {
  const known = there.length === 0 ? none : `there are ${there.join(', ')}`;
  return asked.filter((name) => !there.includes(name)).map((name) => `${field}: "${name}" is none; ${known}`);
}

/** Null where it says nothing: most messages are sent as they stand. */
export function saidBy({ subject, blocks, scenes }: Arrangement): Arrangement | null {
  if (subject === undefined && blocks === undefined && scenes === undefined) return null;
  return {
    ...(subject !== undefined && { subject }),
    ...(blocks !== undefined && { blocks }),
    ...(scenes !== undefined && { scenes }),
  };
}
