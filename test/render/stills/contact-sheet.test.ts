import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { makeContactSheet } from '../../../src/render/stills/contact-sheet.ts';
import { openLettering } from '../../../src/render/stills/write-text.ts';
import { openReader } from '../../support/read-picture.ts';

const font = '@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2';
const writeText = openLettering(await readFile(createRequire(import.meta.url).resolve(font)));

test('a sheet shows each still below its scene’s name, in letters of its own', async () => {
  const picture = (background: string) =>
    sharp({ create: { width: 640, height: 360, channels: 3, background } })
      .png()
      .toBuffer();
  const still = async (color: string, label: string) => ({ picture: await picture(color), label });
  const rows = [
    {
      label: 'greeting',
      note: 'two',
      stills: [await still('#c00', '0:00.1'), await still('#00c', '0:01.2')],
    },
    { label: 'closing', note: 'one', stills: [await still('#0c0', '0:04.5')] },
  ];
  const sheet = await makeContactSheet(rows, { title: 'statement', note: '16:9', writeText, type: 'png' });
  const { data, info } = await sharp(sheet).raw().toBuffer({ resolveWithObject: true });
  expect(info.width).toBe(2 * 48 + 2 * 400 + 20);
  const colors = new Set<string>();
  for (const [x, y] of [
    [248, 290],
    [668, 290],
    [248, 620],
  ] as const) {
    colors.add([...data.subarray((y * info.width + x) * info.channels)].slice(0, 3).join());
  }
  expect(colors).toEqual(new Set(['204,0,0', '0,0,204', '0,204,0']));

  const reader = await openReader();
  try {
    const text = await reader.read(sheet);
    for (const word of ['statement', 'greeting']) expect(text).toContain(word);
    expect(await reader.readLine(sheet, { top: 467, height: 44 })).toContain('closing');
  } finally {
    await reader.close();
  }
}, 60_000);

test('what is too long ends in an ellipsis, and no text is read as markup', () => {
  const lettering = { x: 0, y: 0, size: 20, fill: '#000', width: 60 };
  const count = (svg: string) => svg.split('<path').length - 1;
  expect(count(writeText('<script>&"', { ...lettering, width: 600 }))).toBe(10);
  expect(count(writeText('a name that goes on and on', lettering))).toBeLessThan(8);
  expect(writeText('<script>', { ...lettering, width: 600 })).not.toContain('script');
});
