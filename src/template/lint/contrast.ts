import type { Lint } from './lint.ts';

export const contrast: Lint = {
  name: 'contrast',
  level: 'warning',
  looksFor:
    'text below a contrast of 4.5 (3 where it is large) against what is behind it, in the light scheme and in the pack’s dark one; where a colour cannot be known, nothing is said',
  why: 'in the sun, or with tired eyes, nobody can read it (WCAG 2.2, 1.4.3)',
  how: 'take a darker text or a lighter background; in the dark scheme the other way round',
  async find(subject) {
    const drawn = await subject.drawn();
    if (drawn === null) return [];
    // Loaded when asked for: a worker has no use for a CSS parser.
    const { findPale } = await import('./find-pale.ts');
    return findPale(drawn);
  },
};
