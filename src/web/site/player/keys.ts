import type { KeyboardEvent } from 'react';

export type Action =
  | 'toggle'
  | 'captions'
  | 'fullscreen'
  | { readonly seconds: number }
  | { readonly chapters: number }
  | { readonly share: number };

const byKey: Readonly<Record<string, Action>> = {
  ' ': 'toggle',
  k: 'toggle',
  c: 'captions',
  f: 'fullscreen',
  ArrowLeft: { seconds: -2 },
  ArrowDown: { seconds: -2 },
  ArrowRight: { seconds: 2 },
  ArrowUp: { seconds: 2 },
  PageUp: { chapters: -1 },
  PageDown: { chapters: 1 },
  Home: { share: 0 },
  End: { share: 1 },
};

/** What a key asks of the player; null for keys that are somebody else's. */
export function actionFor(event: KeyboardEvent): Action | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const action = byKey[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? null;
  // A button presses itself with the space bar.
  if (event.key === ' ' && event.target instanceof HTMLButtonElement) return null;
  return action;
}
