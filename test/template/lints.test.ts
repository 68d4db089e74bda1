import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { harmless } from '../../src/template/lint/client-support.ts';
import { lints, mergedLints } from '../../src/template/lint/lints.ts';

/** Outside of backticks, Markdown would take `<` for HTML. */
const plain = (cell: string) =>
  cell
    .split('`')
    .map((piece, index) => (index % 2 === 0 ? piece.replace(/[<|]/g, '\\$&') : piece))
    .join('`');
const row = (cells: readonly string[]) => `| ${cells.map(plain).join(' | ')} |`;

/** The rows as docs/lints.md has to have them: a failure shows what to paste. */
const rows = (them: readonly (readonly string[])[]) => them.map(row).join('\n');

test('docs/lints.md has every lint, as the code says it', async () => {
  const page = await readFile('docs/lints.md', 'utf8');
  const cells = [...lints, ...mergedLints].map(({ name, level, looksFor, why, how }) => [
    `\`${name}\``,
    level,
    looksFor,
    why,
    how,
  ]);
  expect(page).toContain(`| --- | --- | --- | --- | --- |\n${rows(cells)}\n`);
});

test('docs/lints.md has everything that may be dropped without loss, with its reason', async () => {
  const page = await readFile('docs/lints.md', 'utf8');
  const cells = Object.entries(harmless).map(([title, reason]) => [`\`${title}\``, reason]);
  expect(page).toContain(`| --- | --- |\n${rows(cells)}\n`);
});

test('every lint has a name of its own', () => {
  const names = [...lints, ...mergedLints].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
