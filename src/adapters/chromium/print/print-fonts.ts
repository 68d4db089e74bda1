import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { StageFile } from '../fast-lane/stage-server.ts';

export interface PrintFonts {
  /** Declares the page's families; its addresses lead to `font/`, beside the page. */
  readonly css: string;
  /** By its name below `font/`; null where there is none. */
  read(file: string): Promise<StageFile | null>;
}

/**
 * Variable letters become drawings in a PDF (Type 3), twice the size and without hints; those of one weight are embedded as they are.
 * So the house's family is written in the three weights of its static sister; rarer scripts stay variable.
 */
const weights = [
  [400, '100 474'],
  [600, '475 640'],
  [700, '641 900'],
] as const;
const family = 'Hanken Grotesk Variable';
const rarer = ['@fontsource-variable/noto-sans-hebrew', '@fontsource-variable/noto-sans-arabic'];
const emoji = '@fontsource/noto-color-emoji/files/noto-color-emoji-emoji-400-normal.woff2';
const emojiRange =
  'U+200D, U+20E3, U+231A-23FF, U+2600-27BF, U+2B00-2BFF, U+FE0F, U+1F000-1FAFF, U+E0020-E007F';

export async function openPrintFonts(): Promise<PrintFonts> {
  const { resolve } = createRequire(import.meta.url);
  const paths = new Map<string, string>();
  const open = new Map<string, Promise<StageFile>>();

  function at(path: string): string {
    const name = path.slice(path.lastIndexOf('/') + 1);
    paths.set(name, path);
    return `url("font/${name}") format("woff2")`;
  }

  /** A package's sheet with each file by our address, the older format left out. */
  async function sheet(name: string, file: string): Promise<string> {
    const path = resolve(`${name}/${file}`);
    const text = await readFile(path, 'utf8');
    return text.replace(/src:[^;]*?url\(\.\/(files\/[^)]+\.woff2)\)[^;]*;/g, (_, woff2: string) => {
      return `src: ${at(join(dirname(path), woff2))};`;
    });
  }

  const own = weights.map(async ([weight, range]) =>
    (await sheet('@fontsource/hanken-grotesk', `${weight}.css`))
      .replaceAll("'Hanken Grotesk'", `'${family}'`)
      .replaceAll(`font-weight: ${weight}`, `font-weight: ${range}`),
  );
  const others = rarer.map((name) => sheet(name, 'index.css'));
  const pictures = `@font-face { font-family: "Noto Color Emoji"; src: ${at(resolve(emoji))}; unicode-range: ${emojiRange} }`;
  const css = [...(await Promise.all([...own, ...others])), pictures].join('\n');

  return {
    css,
    async read(file) {
      const path = paths.get(file);
      if (path === undefined) return null;
      const reading = open.get(file) ?? readFile(path).then((bytes) => ({ bytes, type: 'font/woff2' }));
      open.set(file, reading);
      return await reading;
    },
  };
}
