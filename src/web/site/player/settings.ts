import { useState } from 'react';

/** How somebody likes to watch. Kept for the visit, in this tab alone. */
export interface Settings {
  readonly sound: boolean;
  /** Of a film that speaks; without it there are captions. */
  readonly voice: boolean;
  /** Null until chosen: then a film without sound has them, and one with sound has not. */
  readonly captions: boolean | null;
  readonly rate: number;
}

export const rates = [0.75, 1, 1.25, 1.5, 2] as const;
const usual: Settings = { sound: true, voice: true, captions: null, rate: 1 };
const key = 'dearly-player';

export function useSettings(): [Settings, (change: Partial<Settings>) => void] {
  const [settings, set] = useState(read);
  const change = (part: Partial<Settings>) =>
    set((was) => {
      const next = { ...was, ...part };
      write(next);
      return next;
    });
  return [settings, change];
}

function read(): Settings {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Settings>;
    return {
      sound: kept.sound !== false,
      voice: kept.voice !== false,
      captions: typeof kept.captions === 'boolean' ? kept.captions : null,
      rate: rates.find((it) => it === kept.rate) ?? 1,
    };
  } catch {
    // Storage may be closed to us, or hold something else.
    return usual;
  }
}

function write(settings: Settings): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(settings));
  } catch {}
}
