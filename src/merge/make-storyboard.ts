import { DearlyError } from '../errors.ts';
import type { Json } from '../profile/profile.ts';
import { type Asset, mapAssets } from '../template/asset.ts';
import type { Composition } from '../template/composition.ts';
import type { Storyboard, StoryboardScene } from './snapshot.ts';

export interface LoadedComposition {
  readonly name: string;
  readonly version: string;
  readonly definition: Composition;
}

/**
 * @throws DearlyError `composition-invalid` when a scene's duration is no whole number of frames above zero;
 * `campaign-invalid` where a chosen scene is none of the composition's
 */
export function makeStoryboard(
  { name, version, definition }: LoadedComposition,
  view: Readonly<Record<string, Json>>,
  lang: string,
  /** The day that foreign pictures are of, ISO date. */
  asOf?: string,
  /** Ids of the scenes in the order wanted, and no others; all as declared when left out. */
  chosen?: readonly string[],
): Storyboard {
  // The composition names its pack, whose contract has just checked this view; the type was lost on the way through the folder.
  const it = view as never;
  const dated = (one: Asset) => (one.asset === null || asOf === undefined ? one : { ...one, asOf });
  const declared =
    chosen === undefined ? definition.scenes : chosen.map((id) => sceneOf(definition.scenes, id, name));
  const scenes = declared.map((scene): StoryboardScene => {
    const duration = scene.durationInFrames;
    const durationInFrames = typeof duration === 'function' ? duration(it) : duration;
    if (!Number.isInteger(durationInFrames) || durationInFrames < 1) {
      throw new DearlyError('composition-invalid', `Scene "${scene.id}" of "${name}" has no duration.`, {
        details: [`composition.ts: ${scene.id}: ${durationInFrames} is no whole number of frames above 0`],
      });
    }
    const narration = scene.narration?.(it);
    return {
      id: scene.id,
      durationInFrames,
      props: mapAssets(scene.reads(it), dated),
      chapter: scene.chapter(it),
      caption: scene.caption?.(it) ?? (narration ?? []).map(({ say }) => say).join(' '),
      ...(narration && { narration }),
      ...(scene.interactions && { interactions: scene.interactions(it) }),
      ...(scene.adapts && { adapts: scene.adapts(it) }),
      ...(scene.paint && { paint: scene.paint }),
    };
  });
  return {
    composition: name,
    version,
    fps: definition.fps,
    lang,
    title: definition.title(it),
    formats: definition.formats,
    ...(definition.music !== undefined && { music: definition.music }),
    posterFrame: posterFrame(definition.poster, scenes),
    scenes,
  };
}

function sceneOf(scenes: Composition['scenes'], id: string, name: string): Composition['scenes'][number] {
  const found = scenes.find((it) => it.id === id);
  if (found !== undefined) return found;
  throw new DearlyError('campaign-invalid', `A variant chooses scenes that "${name}" has not.`, {
    details: [`scenes: "${id}" is none; there are ${scenes.map((it) => it.id).join(', ')}`],
  });
}

/** Where a variant leaves the poster's scene out, the first one stands for the film: in its middle all of it is there. */
function posterFrame(
  poster: { readonly scene: string; readonly frame: number },
  scenes: readonly StoryboardScene[],
): number {
  let start = 0;
  for (const scene of scenes) {
    if (scene.id === poster.scene) return start + Math.min(poster.frame, scene.durationInFrames - 1);
    start += scene.durationInFrames;
  }
  return Math.floor((scenes[0]?.durationInFrames ?? 0) / 2);
}
