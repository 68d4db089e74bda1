import type { Page } from 'playwright-core';

/** A text as the browser has set it, in pixels of the film. */
export interface SetText {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Part of it is hidden by an edge that clips. */
  readonly isCut: boolean;
}

/** Every text that can be seen, by the boxes of its lines; none of the scenes that stand ready unseen. */
export function readTexts(page: Page): Promise<readonly SetText[]> {
  return page.evaluate(() => {
    const texts: SetText[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const holder = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (!holder || text === '' || /^(STYLE|SCRIPT)$/.test(holder.tagName)) continue;
      if (!holder.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const lines = [...range.getClientRects()];
      if (lines.length === 0) continue;
      const box = {
        left: Math.min(...lines.map((it) => it.left)),
        top: Math.min(...lines.map((it) => it.top)),
        right: Math.max(...lines.map((it) => it.right)),
        bottom: Math.max(...lines.map((it) => it.bottom)),
      };
      let isCut = false;
      for (let edge: Element | null = holder; edge; edge = edge.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(edge);
        if (overflowX === 'visible' && overflowY === 'visible') continue;
        const clip = edge.getBoundingClientRect();
        // A line box is taller than its letters; a third of a line beyond the edge is no letter yet.
        const slack = ((lines[0]?.height ?? 0) / 3) * 1.01;
        isCut ||= box.left < clip.left - 1 || box.right > clip.right + 1;
        isCut ||= box.top < clip.top - slack || box.bottom > clip.bottom + slack;
      }
      texts.push({ text, ...box, isCut });
    }
    return texts;
  });
}
