// Enters: a decision, a profile, a pack, a composition. Leaves: Snapshot, the one truth behind every channel.
// Never: the live profile again. Email, page, video, poster and PDF are made from this alone.
import type { Arrangement } from '../campaign/variant.ts';
import type { Json, Purpose } from '../profile/profile.ts';
import type { Adapts, Format, Interaction, Paint, SceneProps, Utterance } from '../template/composition.ts';
import type { AttachmentSource, Confirmation } from '../template/contract.ts';

/** One scene with everything it needs to be drawn. */
export interface StoryboardScene {
  readonly id: string;
  readonly durationInFrames: number;
  readonly props: SceneProps;
  readonly chapter: string;
  /** What is said or shown, in words. */
  readonly caption: string;
  readonly narration?: readonly Utterance[];
  readonly interactions?: readonly Interaction[];
  readonly adapts?: Adapts;
  readonly paint?: Paint;
}

/** A person's video before it is drawn: scenes in order. The page's player and the renderers take exactly this. */
export interface Storyboard {
  readonly composition: string;
  /** Hash of the composition's source. */
  readonly version: string;
  readonly fps: number;
  /** BCP 47 language of the words, for `lang` and captions. */
  readonly lang: string;
  /** The film's name; absent in snapshots of old. */
  readonly title?: string;
  /** What it can be drawn in, the preferred one first; absent in snapshots of old. */
  readonly formats?: readonly Format[];
  /** The music bed, a file below the composition's `sounds/`. */
  readonly music?: string;
  /** Frame from the start of the whole that the poster shows. */
  readonly posterFrame: number;
  readonly scenes: readonly StoryboardScene[];
}

export interface Snapshot {
  /** UUID; links carry it under a MAC. */
  readonly id: string;
  /** The profile it belongs to; erasing that profile deletes it. */
  readonly profileId: string;
  readonly pack: { readonly name: string; readonly version: string };
  readonly purpose: Purpose;
  /** Who writes, by the name of the sender's file. */
  readonly sender: string;
  readonly variant: string;
  /** What the variant changes of the message's make-up, in every channel; left out where nothing is changed. */
  readonly arrangement?: Arrangement;
  readonly lang: string;
  readonly locale: string;
  /** IANA name; absent in snapshots of old. */
  readonly timeZone?: string;
  /** The day it was made by the person's calendar, ISO date: relative dates count from it. */
  readonly asOf?: string;
  /** Whether the person agreed to be counted when this was made. */
  readonly tracking: boolean;
  /** Names the data it was made of (profile/data-version.ts); absent in snapshots of old. */
  readonly dataVersion?: string;
  /** Strings ready to show, checked by the pack's contract. */
  readonly view: Readonly<Record<string, Json>>;
  /** Where the message's links lead, by name. */
  readonly targets: Readonly<Record<string, string>>;
  /** Null for packs without a composition. */
  readonly storyboard: Storyboard | null;
  /** What the confirm link asks a yes to. It proves one address: the one that the message goes to. */
  readonly confirms?: { readonly address: string; readonly asks: readonly Confirmation[] };
  /** What its reader is asked before anything behind its links shows figures; the answer is as the person would write it. */
  readonly gate?: { readonly name: string; readonly answer: string };
  /** Hashes of the pack's pictures, filled with this view, by name. */
  readonly pictures?: Readonly<Record<string, string>>;
  /** Somebody looks at the message before people get it: what is done behind its links counts nowhere and changes nothing. */
  readonly proof?: true;
  /** What travels with the message; left out where nothing does. */
  readonly attachments?: readonly AttachmentSource[];
  /** ISO 8601. */
  readonly madeAt: string;
}
