import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { buildWeb } from '../../src/adapters/chromium/build-web.ts';
import type { Storyboard } from '../../src/merge/snapshot.ts';
import { type Format, formats } from '../../src/template/composition.ts';
import { testBrowser } from '../support/test-browser.ts';
import type { FilmPage } from './film-page/page.tsx';

declare global {
  interface Window {
    film: FilmPage;
  }
}

const compositionsDir = fileURLToPath(new URL('../../compositions', import.meta.url));
const origin = 'http://127.0.0.1:9';
const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

export interface OpenFilm {
  readonly page: Page;
  open(storyboard: Storyboard, format: Format): Promise<void>;
  /** False when its DOM is that of the frame that was shown before. */
  show(frame: number): Promise<boolean>;
  /** PNG. */
  picture(): Promise<Buffer>;
  close(): Promise<void>;
}

/** A page of the packaged browser that shows films as the stage does, for tests that look at single frames. */
export async function openFilmPage(): Promise<OpenFilm> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dearly-film-'));
  try {
    return await openIn(dataDir);
  } catch (cause) {
    await rm(dataDir, { recursive: true, force: true });
    throw cause;
  }
}

async function openIn(dataDir: string): Promise<OpenFilm> {
  const built = await buildWeb('film', '../../test/compositions/film-page/page.tsx', {
    dataDir,
    compositionsDir,
  });
  const browser = await chromium.launch({ executablePath: await testBrowser() });
  const page = await browser.newPage();
  // The page's files come from the build, without a server.
  await page.route(`${origin}/**`, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (name !== '') {
      const contentType = types[extname(name)] ?? 'application/octet-stream';
      return route.fulfill({ body: await readFile(join(built.dir, name)), contentType });
    }
    const head = `<link rel="stylesheet" href="/${built.style}"><script type="module" src="/${built.script}"></script>`;
    // Remotion's own page sets this for every element.
    const css = '<style>*{box-sizing:border-box}</style>';
    return route.fulfill({
      body: `<!doctype html><title>Film</title>${css}${head}<body>`,
      contentType: 'text/html',
    });
  });
  await page.goto(`${origin}/`);
  await page.waitForFunction(() => 'film' in globalThis);
  return {
    page,
    async open(storyboard, format) {
      await page.setViewportSize(formats[format]);
      await page.evaluate(([json, format]) => window.film.open(JSON.parse(json), format), [
        JSON.stringify(storyboard),
        format,
      ] as const);
    },
    show: (frame) => page.evaluate((frame) => window.film.show(frame), frame),
    picture: () => page.screenshot({ type: 'png' }),
    async close() {
      await browser.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
