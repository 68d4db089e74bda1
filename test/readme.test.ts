import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadComposition } from '../src/adapters/packs/load-composition.ts';
import { loadPack } from '../src/adapters/packs/load-pack.ts';
import { takeSnapshot } from '../src/merge/take-snapshot.ts';
import ada from '../templates/statement/samples/ada-credit.json' with { type: 'json' };

let readme: string;
let folder: string;

beforeAll(async () => {
  readme = await readFile('README.md', 'utf8');
  await mkdir('.dearly/tests', { recursive: true });
  folder = await mkdtemp(resolve('.dearly/tests/readme-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Blocks whose first line names their file. */
async function writeBlocks(): Promise<string[]> {
  const blocks = [...readme.matchAll(/```\w+\n(?:\/\/|<!--) ([\w/.-]+)(?: -->)?\n([\s\S]*?)```/g)];
  for (const [, path = '', text = ''] of blocks) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
    expect(text.trimEnd().split('\n').length, path).toBeLessThanOrEqual(10);
  }
  return blocks.map(([, path = '']) => path);
}

test('the template and the composition that it shows load and speak', async () => {
  expect(await writeBlocks()).toHaveLength(4);
  const hello = join(folder, 'templates/hello');
  await writeFile(join(hello, 'subject.hbs'), '{{t "points" name=name points=points}}');
  await writeFile(join(hello, 'text.hbs'), '{{t "points" name=name points=points}}');
  await mkdir(join(hello, 'messages'));
  const words = { points: '{name}, you have {points} points.', unsubscribe: 'Unsubscribe' };
  await writeFile(join(hello, 'messages/en.json'), JSON.stringify(words));
  await cp('templates/theme.ts', join(folder, 'templates/theme.ts'));

  const pack = await loadPack(join(folder, 'templates'), 'hello');
  const composition = await loadComposition(join(folder, 'compositions'), 'hello');
  const snapshot = takeSnapshot({
    id: '0199a0f0-0000-7000-8000-000000000001',
    profile: { ...ada, id: '0199a0f0-0000-7000-8000-000000000002', facts: { points: 1234 }, locale: 'en-GB' },
    pack,
    composition,
    sender: 'nordlicht',
    variant: 'a',
    tracking: false,
    now: new Date(),
  });
  expect(snapshot.storyboard?.scenes[0]).toMatchObject({
    props: { points: '1,234' },
    caption: 'Ada, you have 1,234 points.',
  });
});

test('every file and folder that it and the docs link to is there', async () => {
  const docs = (await readdir('docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name));
  for (const file of ['README.md', ...docs]) {
    const text = await readFile(file, 'utf8');
    const targets = [...text.matchAll(/\]\(([^)#]+)/g)].map(([, target = '']) => target);
    for (const target of targets.filter((it) => !it.startsWith('http'))) {
      await expect(stat(join(dirname(file), target)), `${file}: ${target}`).resolves.toBeDefined();
    }
  }
});

test('every setting stands in docs/settings.md, and no other', async () => {
  const names = (text: string, form: RegExp) => [...text.matchAll(form)].map(([, name]) => name).sort();
  const read = names(
    await readFile('src/config.ts', 'utf8'),
    /^ {2}([A-Z][A-Z_]+): (?:z|webAddress|byteCount)\b/gm,
  );
  const told = names(await readFile('docs/settings.md', 'utf8'), /(?<=^\|[^|]*)`([A-Z_]+)`/gm);
  expect(told).toEqual(read);
});
