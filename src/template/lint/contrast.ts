import { formatHex, wcagContrast } from 'culori';
import type { ChildNode } from 'domhandler';
import { isTag, isText } from 'domhandler';
import { readCascade } from './cascade.ts';
import { lookOf } from './colors.ts';
import type { Hit } from './finding.ts';
import type { Lint } from './lint.ts';
import { parse } from './source.ts';

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
    const document = parse(drawn.html);
    const cascade = readCascade(document);
    const hits = new Map<string, Hit>();
    for (const scheme of cascade.hasDark ? (['light', 'dark'] as const) : (['light'] as const)) {
      for (const text of textsOf(document.children)) {
        const { parent } = text;
        if (parent === null || !isTag(parent)) continue;
        const look = lookOf(parent, cascade, scheme);
        if (look === null) continue;
        const ratio = wcagContrast(look.text, look.behind);
        const least = look.isLarge ? 3 : 4.5;
        if (ratio >= least) continue;
        const colors = `${formatHex(look.text)} on ${formatHex(look.behind)}`;
        const place = drawn.placeAt(text.startIndex ?? 0);
        const what = `${scheme} scheme: ${colors} has a contrast of ${Math.floor(ratio * 10) / 10}, not ${least}`;
        hits.set(`${place.file}:${place.line}:${what}`, { ...place, what });
      }
    }
    return hits.values();
  },
};

function* textsOf(nodes: readonly ChildNode[]): Generator<ChildNode> {
  for (const node of nodes) {
    if (isText(node) && node.data.trim() !== '') yield node;
    else if ('children' in node) yield* textsOf(node.children);
  }
}
