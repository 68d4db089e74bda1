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

/** While a scene shows it, over the picture. An MP4 cannot have it. */
interface Shown {
  /** Words of the button, link or question. */
  readonly label: string;
  /** Frames of the scene, the last one not included. */
  readonly from: number;
  readonly until: number;
}

/** Something to do over the picture: in the page it is real, focusable HTML. */
export type Interaction = Shown &
  (
    | {
        readonly kind: 'link';
        /** Name of a target of the pack's contract. */
        readonly target: string;
      }
    /** "Tell me more": opens words over the picture; the film waits meanwhile. */
    | { readonly kind: 'reveal'; readonly title: string; readonly text: string }
    /** Jumps to another scene; where that ends, the film comes back to where it was left. */
    | { readonly kind: 'branch'; readonly scene: string }
    /**
     * A form of the pack (`forms.json`) in the film, which waits at its last frame until it is answered or put aside.
     * `choice`: its one field's options as buttons; an answer may change later scenes (`adapts`). `rating`: its scale as a row.
     * The page has the same form below, so that nobody needs the film to answer.
     */
    | { readonly kind: 'form' | 'choice' | 'rating'; readonly form: string }
  );

/** What an answer changes of a scene; what it leaves out stays as it was. */
export interface Adaptation<Props extends SceneProps = SceneProps> {
  readonly props?: Partial<Props>;
  readonly chapter?: string;
  readonly caption?: string;
  /** What is said instead; the page's film alone says it. */
  readonly narration?: readonly Utterance[];
}

/** How a scene follows an answer given in the film: by the value of one field of a form. An MP4 shows it as if nobody had answered. */
export interface Adapts<Props extends SceneProps = SceneProps> {
  readonly form: string;
  readonly field: string;
  readonly by: Readonly<Record<string, Adaptation<Props>>>;
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
  /** What the page changes of it, live, once the visitor has answered. */
  readonly adapts?: (view: View) => Adapts<Props>;
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
