import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Storyboard } from '../../../merge/snapshot.ts';
import type { Answers } from './adapt-storyboard.ts';
import { type Chapter, indexAt } from './chapters.ts';
import { duckAt } from './duck-at.ts';
import { openFilmClock } from './film-clock.ts';
import type { Voices } from './find-voices.ts';
import { openVoiceDecks, type VoiceDecks } from './voice-decks.ts';

interface Spoken {
  /** Null for a film that does not speak, or is not to. */
  readonly voices: Voices | null;
  readonly storyboard: Storyboard;
  readonly chapters: readonly Chapter[];
  readonly answers: Answers;
  readonly frame: number;
  /** The frame to which a detour comes back; null outside of one. */
  readonly home: number | null;
  readonly playing: boolean;
  readonly rate: number;
  /** The browser plays no sound. */
  readonly onRefused: () => void;
}

/** A scene's picture stands before it speaks (src/render/sound/place-takes.ts). */
const leadInSeconds = 0.2;

/** The words over the film: each scene's own, in step with it. Gives the gain of the music at a second of the film. */
export function useVoice(spoken: Spoken): (second: number) => number {
  const { voices, storyboard, chapters, answers, frame, home, playing, rate } = spoken;
  const { fps, scenes } = storyboard;
  const decks = useRef<VoiceDecks | null>(null);
  const clock = useRef(openFilmClock());
  const refused = useRef(spoken.onRefused);
  refused.current = spoken.onRefused;

  useEffect(() => {
    if (voices === null) return;
    const opened = openVoiceDecks(() => refused.current());
    decks.current = opened;
    return () => {
      opened.close();
      decks.current = null;
    };
  }, [voices]);

  const current = indexAt(chapters, frame);
  const following = home === null ? current + 1 : indexAt(chapters, home);
  const url = voices?.at(scenes[current], answers) ?? null;
  const next = voices?.at(scenes[following], answers) ?? null;
  const start = (chapters[current]?.start ?? 0) / fps;

  // Before the frame is painted: whatever comes later is heard as late.
  useLayoutEffect(() => {
    if (!playing) clock.current.stop();
    const told = frame / fps;
    const now = playing ? clock.current.at(told, rate, performance.now() / 1000) : told;
    decks.current?.follow({ url, next, second: now - start, playing, rate });
  }, [url, next, frame, fps, start, playing, rate]);

  return (second) => {
    const words = chapters.flatMap(({ start }, nth) => {
      const said = voices?.at(scenes[nth], answers) ?? null;
      const length = said === null ? undefined : decks.current?.lengthOf(said);
      return length === undefined ? [] : [{ from: start / fps + leadInSeconds, until: start / fps + length }];
    });
    return duckAt(words, second);
  };
}

/** Known a moment after the film has begun; null until then. */
export function useVoices(finding: Promise<Voices | null>): Voices | null {
  const [voices, set] = useState<Voices | null>(null);
  useEffect(() => {
    let isHere = true;
    finding.then((found) => isHere && set(found)).catch(() => {});
    return () => {
      isHere = false;
    };
  }, [finding]);
  return voices;
}
