const steps: Readonly<Record<string, number>> = {
  j: 1,
  ArrowDown: 1,
  ArrowRight: 1,
  k: -1,
  ArrowUp: -1,
  ArrowLeft: -1,
};

/** A key that does what a link of the page does. Null where it means nothing, or belongs to what has the focus. */
export function linkFor(event: KeyboardEvent): HTMLElement | null {
  const { key, ctrlKey, metaKey, altKey, target } = event;
  if (ctrlKey || metaKey || altKey) return null;
  const focused = target instanceof Element ? target : null;
  if (focused?.closest('input, textarea, select, dialog')) return null;
  // A sheet scrolls by the arrows while it has the focus.
  if (key.startsWith('Arrow') && focused?.closest('.sheet')) return null;
  const step = steps[key];
  if (step !== undefined) return neighbour('.sample', step);
  if (key === 'd') return neighbour('[id^=scheme-]', 1);
  if (key === 'p') return neighbour('[id^=device-]', 1);
  if (key === 'v') return neighbour('.choice', 1);
  if (key === 'l') return neighbour('[id^=lang-]', 1);
  if (key === '/') return document.getElementById('profile');
  if (key === '?') return document.getElementById('ask');
  return document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
}

/** The one after (or before) the current one; at the end the first again. */
function neighbour(selector: string, step: number): HTMLElement | null {
  const all = [...document.querySelectorAll<HTMLElement>(selector)];
  const current = all.findIndex((it) => it.hasAttribute('aria-current'));
  if (current < 0) return all[0] ?? null;
  return all[(current + step + all.length) % all.length] ?? null;
}
