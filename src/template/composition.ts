// Enters: what a composition's author declares. Leaves: Composition, a list of scenes over one pack's view.
// Never: a component; those live in scenes/<id>.tsx and meet this list by id in the browser bundles.
import type { Json } from '../profile/profile.ts';

export type Format = '16:9' | '1:1' | '9:16';

/** Pixels. Scenes lay themselves out by size; there are no copies per format. */
export const formats: Readonly<Record<Format, { readonly width: number; readonly height: number }>> = {
  '16:9': { width: 1280, height: 720 },
  '1:1': { width: 1080, height: 1080 },
  '9:16': { width: 720, height: 1280 },
};

export type SceneProps = Readonly<Record<string, Json>>;

export interface Scene<View, Props extends SceneProps = SceneProps> {
  /** Kebab-case, unique in its composition; the component stands in `scenes/<id>.tsx`. */
  readonly id: string;
  readonly durationInFrames: number | ((view: View) => number);
  /** The scene's own small props. It gets these and nothing else, so what it does not read cannot change it. */
  readonly reads: (view: View) => Props;
  /** The chapter's name. */
  readonly chapter: (view: View) => string;
  /** What is said or shown, in words: captions and transcript are made of it. */
  readonly caption: (view: View) => string;
}

export interface Composition<View = never> {
  /** Frames per second. */
  readonly fps: number;
  /** The pack whose view the scenes read. */
  readonly pack: string;
  /** The frame that stands for the whole. */
  readonly poster: { readonly scene: string; readonly frame: number };
  readonly scenes: readonly Scene<View>[];
}

export function defineComposition<View>(composition: Composition<View>): Composition<View> {
  return composition;
}

/** What scene `Id` of a list shows: the props its component takes, so that `reads` and component cannot drift apart. */
export type PropsOf<Scenes extends readonly Scene<never>[], Id extends Scenes[number]['id']> = ReturnType<
  Extract<Scenes[number], { readonly id: Id }>['reads']
>;
