import type { KeyboardEvent } from 'react';
import { isLeftward } from './is-leftward.ts';

export type Action =
  | 'toggle'
  | 'captions'
  | 'sound'
  | 'voice'
  | 'chapters'
  | 'fullscreen'
  | 'back'
  | 'help'
  | { readonly seconds: number }
  | { readonly chapters: number }
  | { readonly faster: number }
  | { readonly share: number };

const byKey: Readonly<Record<string, Action>> = {
  ' ': 'toggle',
  k: 'toggle',
  c: 'captions',
  m: 'sound',
  v: 'voice',
  l: 'chapters',
  f: 'fullscreen',
  b: 'back',
  '?': 'help',
  ArrowLeft: { seconds: -2 },
  ArrowDown: { seconds: -2 },
  ArrowRight: { seconds: 2 },
  ArrowUp: { seconds: 2 },
  PageUp: { chapters: -1 },
  PageDown: { chapters: 1 },
  '-': { faster: -1 },
  '+': { faster: 1 },
  Home: { share: 0 },
  End: { share: 1 },
};

/** Time runs as the words do: where those run to the left, the left arrow leads on. */
function ahead(key: string, film: Element): string {
  if (!isLeftward(film)) return key;
  return key === 'ArrowLeft' ? 'ArrowRight' : key === 'ArrowRight' ? 'ArrowLeft' : key;
}

/** What a key asks of the player; null for keys that are somebody else's. */
export function actionFor(event: KeyboardEvent): Action | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const { target, key } = event;
  // Who writes an answer, or picks one, means that.
  const isField = target instanceof Element && target.matches('select, textarea, input:not(.dv-seek input)');
  if (isField) return null;
  // A button presses itself with the space bar.
  if (key === ' ' && target instanceof Element && target.matches('button, a, summary')) return null;
  return byKey[key.length === 1 ? key.toLowerCase() : ahead(key, event.currentTarget)] ?? null;
}
