// Enters: a storyboard whose words have found their clips. Leaves: SoundScript, all that decides how a film sounds, and its key.
// Never: a sample. Whoever knows the script knows the key, before anything is spoken or decoded.
import { createHash } from 'node:crypto';
import type { Storyboard } from '../../merge/snapshot.ts';

/** Raised when the same script is mixed or encoded in another way. */
const mixVersion = 1;

/** One utterance and where its sound comes from. */
export type Take =
  | { readonly kind: 'clip' /** SHA-256 of the file. */; readonly hash: string }
  | {
      readonly kind: 'speech' /** Of engine, voice, language and words. */;
      readonly hash: string;
      readonly say: string;
    };

export interface ScriptScene {
  readonly id: string;
  /** Frames from the start of the film. */
  readonly start: number;
  readonly durationInFrames: number;
  /** Heard one after the other. */
  readonly takes: readonly Take[];
}

export interface SoundScript {
  readonly fps: number;
  readonly durationInFrames: number;
  /** SHA-256 of the music bed's file. */
  readonly bed: string | null;
  readonly scenes: readonly ScriptScene[];
}

/** Something a listener may miss. The film is made all the same. */
export interface SoundWarning {
  /** Null where it is about the whole film. */
  readonly scene: string | null;
  readonly kind: 'bed-missing' | 'not-voiced' | 'cut-short';
  readonly message: string;
}

/** `sound/<sha256>.m4a` */
export function soundKey({ fps, durationInFrames, bed, scenes }: SoundScript): string {
  const heard = scenes.map(({ start, takes, durationInFrames: length }) =>
    takes.length === 0 ? null : [start, length, takes.map(({ kind, hash }) => [kind, hash])],
  );
  return `sound/${sha256(JSON.stringify([mixVersion, fps, durationInFrames, bed, heard.filter(Boolean)]))}.m4a`;
}

/** `voice/<sha256>.m4a`, of a script whose sound ends with its last word. */
export function voiceKey({ fps, scenes }: SoundScript): string {
  const heard = scenes.map(({ takes, durationInFrames: length }) => [
    length,
    takes.map(({ kind, hash }) => [kind, hash]),
  ]);
  return `voice/${sha256(JSON.stringify([mixVersion, fps, heard]))}.m4a`;
}

/** `speech/<sha256>.wav` */
export function speechKey(take: Take & { readonly kind: 'speech' }): string {
  return `speech/${take.hash}.wav`;
}

/** Where what its engine says is kept. */
export function spokenIn({ scenes }: Pick<SoundScript, 'scenes'>): readonly string[] {
  return scenes.flatMap(({ takes }) => takes.flatMap((it) => (it.kind === 'speech' ? [speechKey(it)] : [])));
}

export function speechTake(engine: string, lang: string, say: string): Take & { readonly kind: 'speech' } {
  return { kind: 'speech', hash: sha256(JSON.stringify([engine, lang, say])), say };
}

/**
 * `sound/<sha256>.json`, the note on all that was kept for whoever has this storyboard. Engines, beds and clips change, so that
 * a storyboard alone does not tell the keys of what was once made for it; the note does, and erasing a person follows it.
 */
export function soundNoteKey({ composition, fps, lang, music, scenes }: Storyboard): string {
  const heard = scenes.map(({ durationInFrames, narration = [] }) => [
    durationInFrames,
    narration.map(({ say, clip }) => [say, clip ?? null]),
  ]);
  return `sound/${sha256(JSON.stringify([composition, fps, lang, music ?? null, heard]))}.json`;
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
