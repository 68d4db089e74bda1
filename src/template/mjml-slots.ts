import { kindOf, mustachePattern } from './nest-blocks.ts';

export interface Slots {
  /** A word that MJML has no opinion on, in place of Handlebars. @param line where it may not get lost; 0 where it may */
  add(text: string, line: number, use?: 'color'): string;
  /** Puts the Handlebars back into what MJML made. */
  restore(html: string): { readonly html: string; readonly lost: readonly { line: number; text: string }[] };
}

const word = /dearlyslot(\d+)x(-outlook)?/g;

export function hasSlot(text: string): boolean {
  return /dearlyslot\d+x/.test(text);
}

export function makeSlots(): Slots {
  const slots: { readonly text: string; readonly line: number }[] = [];
  return {
    add(text, line, use) {
      slots.push({ text: use === 'color' ? `{{#dearlyColor}}${text}{{/dearlyColor}}` : text, line });
      return `dearlyslot${slots.length - 1}x`;
    },
    restore(html) {
      const seen = new Set<number>();
      const restored = html.replace(word, (_, digits: string, outlook: string | undefined) => {
        seen.add(Number(digits));
        const text = slots[Number(digits)]?.text ?? '';
        return outlook === undefined ? text : `{{#dearlyOutlook}}${text}{{/dearlyOutlook}}`;
      });
      return { html: restored, lost: slots.filter(({ line }, index) => line > 0 && !seen.has(index)) };
    },
  };
}

const inContent = new RegExp(`(?<=\\n)[ \\t]*(${mustachePattern})[ \\t]*\\r?\\n|${mustachePattern}`, 'g');

/**
 * Content that MJML passes on: a slot for every mustache. A block's tag alone on its line takes the line with it, as
 * Handlebars has it; here, because in what MJML makes of it lines are no longer those of the author.
 */
export function slotContent(content: string, line: number, slots: Slots): string {
  return content.replace(inContent, (whole: string, alone: string | undefined, at: number) => {
    const text = alone ?? whole;
    const slot = slots.add(text, line + content.slice(0, at).split('\n').length - 1);
    return alone === undefined || kindOf(alone) !== 'value' ? slot : whole.replace(alone, () => slot);
  });
}
