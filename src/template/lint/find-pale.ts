// Enters: drawn HTML. Leaves: each text that is too close to its background, with the author's line. Never: a browser.
import { formatHex, wcagContrast } from 'culori';
import { type ChildNode, isTag, isText } from 'domhandler';
import { readCascade } from './cascade.ts';
import { lookOf } from './colors.ts';
import type { Drawn } from './draw-email.ts';
import type { Hit } from './finding.ts';
import { parse } from './source.ts';

export function findPale(drawn: Drawn): Iterable<Hit> {
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
}

function* textsOf(nodes: readonly ChildNode[]): Generator<ChildNode> {
  for (const node of nodes) {
    if (isText(node) && node.data.trim() !== '') yield node;
    else if ('children' in node) yield* textsOf(node.children);
  }
}
