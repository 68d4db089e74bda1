import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DearlyError } from '../../src/errors.ts';
import { compileFill } from '../../src/template/compile-fill.ts';
import { compileMjml } from '../../src/template/compile-mjml.ts';
import { foldHtml } from './fold-html.ts';
import { block, scopeOf } from './make-blocks.ts';
import { always, data, mailOf, template } from './make-template.ts';
import { say, slowly } from './slowly.ts';

/** For a long night: 20,000. */
const runs = 150;

/** More than twelve columns beside each other are refused when the data asks for them. */
function unlessTooWide(fill: () => string): string | null {
  try {
    return fill();
  } catch (error) {
    if (error instanceof DearlyError && error.details[0]?.startsWith('columns: expected at most 12'))
      return null;
    throw error;
  }
}

it('makes of any template and any data what Handlebars and then MJML make', async () => {
  const refused: string[] = [];
  let count = 0;
  let tooWide = 0;
  await fc.assert(
    fc.asyncProperty(template, fc.array(data, { minLength: 1, maxLength: 3 }), async (source, views) => {
      const { html, faults } = await compileMjml(source, 'email.mjml');
      count++;
      if (faults.length > 0) {
        refused.push(faults.join('\n'));
        return;
      }
      const fill = compileFill(html, { noEscape: false, ignoreStandalone: true });
      for (const view of views) {
        const merged = unlessTooWide(() => fill(view, say));
        if (merged === null) tooWide++;
        else expect(foldHtml(merged)).toBe(foldHtml(await slowly(source, view)));
      }
    }),
    { numRuns: runs },
  );
  expect(refused.length / count, refused.join('\n')).toBeLessThanOrEqual(0.05);
  expect(tooWide / count).toBeLessThan(0.02);
}, 300_000);

/** Some three in a thousand hold more outcomes than are compiled, which is no matter of where their blocks stand. */
const isOfKind = (fault: string) => !/ shapes by the blocks | have no end of outcomes/.test(fault);

it.each(Object.entries(always))('loads any block around a %s, whatever it holds', async (_, make) => {
  const body = make((thing) => block(scopeOf('root'), thing));
  for (const source of fc.sample(body, 12))
    expect((await compileMjml(mailOf(source), 'email.mjml')).faults.filter(isOfKind), source).toEqual([]);
});
