import type { MergedLint } from './lint.ts';

export const mergedWayOut: MergedLint = {
  name: 'merged-way-out',
  level: 'fault',
  looksFor: 'a sample whose merged HTML does not link to its unsubscribe address',
  why: 'a condition around the footer takes the way out from some people',
  how: 'move the unsubscribe link out of every {{#if}}',
  *measure(samples) {
    for (const { name, html, unsubscribe } of samples)
      if (!html.includes(unsubscribe))
        yield { file: 'email.mjml', line: 1, what: `there is no unsubscribe link for ${name}` };
  },
};
