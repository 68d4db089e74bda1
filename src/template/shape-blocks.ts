// Enters: the blocks that the loader alone writes, around parts of an email that MJML makes differently from outcome to
// outcome. Leaves: what they do, for Handlebars and for our own filling. Never: a name that authors may write.
//
//     {{#dearlyPick}}key{{else}}{{#dearlyCase "a"}}one shape{{/dearlyCase}}{{#dearlyCase "b"}}another{{/dearlyCase}}{{/dearlyPick}}
import type Handlebars from 'handlebars';
import { DearlyError } from '../errors.ts';

/** Most columns side by side that a block can make; each number of them is compiled by itself. */
export const mostColumns = 12;

/** `{{#name}}text{{/name}}`: what becomes of the text. */
export const textBlocks: Readonly<Record<string, (text: string) => string>> = {
  /** One sign for each column. @throws DearlyError `data-incomplete` */
  dearlyCount(signs) {
    if (signs.length <= mostColumns) return String(signs.length);
    throw new DearlyError('data-incomplete', 'A section of the email holds too many columns.', {
      details: [`columns: expected at most ${mostColumns} side by side, got ${signs.length}`],
    });
  },
  dearlyFilled: (text) => (text.trim() === '' ? 'empty' : 'filled'),
  dearlyColor: longColor,
  /** Class names as MJML writes them on the tables that only Outlook sees. */
  dearlyOutlook: (classes) =>
    classes === ''
      ? ''
      : classes
          .split(' ')
          .map((name) => `${name}-outlook`)
          .join(' '),
};

/** `#abc` as MJML writes it: Outlook knows only the long form. */
export function longColor(color: string): string {
  return color.replace(/^#(\w)(\w)(\w)$/, '#$1$1$2$2$3$3');
}

type Options = Handlebars.HelperOptions;

/** The same for Handlebars itself. */
export const shapeHelpers: Readonly<Record<string, Handlebars.HelperDelegate>> = {
  dearlyPick(this: unknown, options: Options): string {
    return options.inverse(this, { data: { ...options.data, pick: options.fn(this) } });
  },
  dearlyCase(this: unknown, label: string, options: Options): string {
    return options.data.pick === label ? options.fn(this) : '';
  },
  ...Object.fromEntries(
    Object.entries(textBlocks).map(([name, change]) => [
      name,
      function (this: unknown, options: Options): string {
        return change(options.fn(this));
      },
    ]),
  ),
};
