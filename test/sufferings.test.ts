import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

test('what cannot happen here is held by tests that are there, under their names', async () => {
  const text = await readFile('docs/adr/0097-what-the-peers-users-suffer-from.md', 'utf8');
  const rows = text.split('\n').filter((line) => /^\| \d+\./.test(line));
  expect(rows).toHaveLength(13);
  for (const row of rows) {
    const held = [...row.matchAll(/`(test\/[^`]+)` "([^"]+)"/g)];
    expect(held.length, row).toBeGreaterThan(0);
    for (const [, file = '', name = ''] of held) expect(await readFile(file, 'utf8'), row).toContain(name);
  }
});
