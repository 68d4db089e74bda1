import { useEffect, useRef } from 'react';

interface Heard {
  /** Where the music stands; null for a film without. */
  readonly url: string | null;
  readonly frame: number;
  readonly fps: number;
  readonly total: number;
  readonly playing: boolean;
  readonly muted: boolean;
  readonly rate: number;
  /** What words leave of it at a second of the film. */
  readonly gainAt: (second: number) => number;
  /** The browser plays no sound, or this music does not play. */
  readonly onRefused: () => void;
}

/** Beds are at −19 LUFS, and lie 5 dB under words at −16. */
const loudest = 0.8;
const fadeInSeconds = 0.8;
const fadeOutSeconds = 2.2;
/** Further apart than this, music and film are brought together again. */
const mostDriftSeconds = 0.25;

/** The music under the film: it starts, waits, jumps and ends with it, round and round where the film is longer. */
export function useBed({ url, frame, fps, total, playing, muted, rate, gainAt, onRefused }: Heard): void {
  const bed = useRef<HTMLAudioElement | null>(null);
  const refused = useRef(onRefused);
  refused.current = onRefused;
  const gain = useRef(gainAt);
  gain.current = gainAt;

  useEffect(() => {
    if (url === null) return;
    const audio = new Audio();
    audio.preload = 'auto';
    audio.loop = true;
    audio.src = url;
    audio.addEventListener('error', () => refused.current());
    bed.current = audio;
    return () => {
      audio.pause();
      audio.removeAttribute('src');
      audio.load();
      bed.current = null;
    };
  }, [url]);

  useEffect(() => {
    const audio = bed.current;
    if (audio === null) return;
    audio.muted = muted;
    audio.playbackRate = rate;
    if (!playing || muted) return audio.pause();
    audio.play().catch((fault: unknown) => {
      // A pause that came before the start is no refusal.
      if (!(fault instanceof DOMException) || fault.name !== 'AbortError') refused.current();
    });
  }, [playing, muted, rate]);

  useEffect(() => {
    const audio = bed.current;
    if (audio === null || muted) return;
    const at = frame / fps;
    const left = (total - frame) / fps;
    const ends = Math.max(0, Math.min(1, (at + 0.1) / fadeInSeconds, left / fadeOutSeconds));
    audio.volume = loudest * ends * gain.current(at);
    if (!Number.isFinite(audio.duration) || audio.duration === 0 || audio.seeking) return;
    const place = at % audio.duration;
    const drift = Math.abs(audio.currentTime - place);
    if (Math.min(drift, audio.duration - drift) > mostDriftSeconds) audio.currentTime = place;
  }, [frame, fps, total, muted]);
}
