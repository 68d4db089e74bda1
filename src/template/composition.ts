// Enters: what a composition's author declares. Leaves: Composition, a list of scenes over one pack's view.
// Never: a component; those live in scenes/<id>.tsx and meet this list by id in the browser bundles.
import type { z } from 'zod';
import type { Json } from '../profile/profile.ts';
import type { Contract } from './contract.ts';

export type Format = '16:9' | '1:1' | '9:16';

/** Pixels. Scenes lay themselves out by size; there are no copies per format. */
export const formats: Readonly<Record<Format, { readonly width: number; readonly height: number }>> = {
  '16:9': { width: 1280, height: 720 },
  '1:1': { width: 1080, height: 1080 },
  '9:16': { width: 720, height: 1280 },
};

export type SceneProps = Readonly<Record<string, Json>>;

/**
 * When a frame has to be drawn anew. `changes`: when its DOM differs from the last one's. `always`: canvas, CSS animation
 * and changes by CSSOM escape that look. `footage`: moving pictures, which the reference lane alone can seek.
 */
export type Paint = 'changes' | 'always' | 'footage';

/** Some words of a scene's narration. */
export interface Utterance {
  /** What is said, as captions show it. */
  readonly say: string;
  /**
   * A recording of it below the composition's `sounds/`, often chosen by data (`names/anna.mp3`). Where there is none, the
   * speech engine says it. An https address, which a profile may name, is fetched by the same guard as pictures.
   */
  readonly clip?: string;
}

/** Something to press over the picture while it is shown. An MP4 cannot have it. */
export interface Interaction {
  readonly kind: 'link';
  readonly label: string;
  /** Name of a target of the pack's contract. */
  readonly target: string;
  /** Frames of the scene, the last one not included. */
  readonly from: number;
  readonly until: number;
}

export interface Scene<View, Props extends SceneProps = SceneProps> {
  /** Kebab-case, unique in its composition; the component stands in `scenes/<id>.tsx`. */
  readonly id: string;
  readonly durationInFrames: number | ((view: View) => number);
  /** The scene's own small props. It gets these and nothing else, so what it does not read cannot change it. */
  readonly reads: (view: View) => Props;
  /** The chapter's name. */
  readonly chapter: (view: View) => string;
  /** What is said or shown, in words: captions and transcript are made of it. Left out, the narration's words. */
  readonly caption?: (view: View) => string;
  readonly narration?: (view: View) => readonly Utterance[];
  readonly interactions?: (view: View) => readonly Interaction[];
  /** `changes` unless said otherwise. */
  readonly paint?: Paint;
}

export interface Composition<View = never> {
  /** Of the pack whose view the scenes read. */
  readonly contract: Contract;
  /** What it can be drawn in; the first is the one that is made unless another is asked for. */
  readonly formats: readonly [Format, ...Format[]];
  /** Frames per second. */
  readonly fps: number;
  /** The film's name, for players and files. */
  readonly title: (view: View) => string;
  /** The music bed, a file below `sounds/`. */
  readonly music?: string;
  /** The frame that stands for the whole. */
  readonly poster: { readonly scene: string; readonly frame: number };
  readonly scenes: readonly Scene<View>[];
}

/** Declares a composition; what its scenes read is typed by the contract's view. */
export function defineComposition<Data extends z.ZodObject, View extends z.ZodObject>(
  composition: Omit<Composition<z.output<View>>, 'contract'> & { readonly contract: Contract<Data, View> },
): Composition<z.output<View>> {
  return composition as unknown as Composition<z.output<View>>;
}

/** What scene `Id` of a list shows: the props its component takes, so that `reads` and component cannot drift apart. */
export type PropsOf<Scenes extends readonly Scene<never>[], Id extends Scenes[number]['id']> = ReturnType<
  Extract<Scenes[number], { readonly id: Id }>['reads']
>;
