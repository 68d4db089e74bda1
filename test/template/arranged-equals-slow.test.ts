import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DearlyError } from '../../src/errors.ts';
import { arrangeParts } from '../../src/template/arrange-parts.ts';
import { compileMjml } from '../../src/template/compile-mjml.ts';
import { foldHtml } from './fold-html.ts';
import { arranged, data, mailOf } from './make-template.ts';
import { say, slowly } from './slowly.ts';

/** For a long night: 2,000. */
const runs = 20;

it('makes of blocks in any order what Handlebars and then MJML make of the source in that order', async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(arranged, data, async ({ parts, order }, view) => {
      const written = parts.map(({ text, name }) =>
        name === null ? text : `{{#block "${name}"}}\n${text}\n{{/block}}`,
      );
      const { html, faults } = await compileMjml(mailOf(written.join('\n')), 'email.mjml');
      if (faults.length > 0) {
        refused++;
        return;
      }
      const { arranged, parts: asWritten } = arrangeParts({ html, sources: new Map() });
      // The slow way knows no blocks: their texts are put into their places by hand.
      const inOrder = order.map((name) => parts.find((part) => part.name === name)?.text ?? '');
      const moved = parts.map(({ text, name }) => (name === null ? text : (inOrder.shift() ?? '')));
      const pairs = [
        [asWritten, parts.map(({ text }) => text)],
        ...(order.length > 0 ? [[arranged({ blocks: order }), moved] as const] : []),
      ] as const;
      for (const [{ email }, bodies] of pairs) {
        let merged: string | undefined;
        try {
          merged = email?.(view, say);
        } catch (error) {
          if (error instanceof DearlyError && error.code === 'data-incomplete') continue;
          throw error;
        }
        expect(foldHtml(merged ?? '')).toBe(foldHtml(await slowly(mailOf(bodies.join('\n')), view)));
      }
    }),
    { numRuns: runs },
  );
  expect(refused / runs).toBeLessThanOrEqual(0.1);
}, 180_000);
