import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../../src/adapters/chromium/find-browser.ts';
import { unpackBrowser } from '../../../src/adapters/chromium/packaged-browser.ts';
import { DearlyError } from '../../../src/errors.ts';

let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dearly-browser-'));
});

afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

describe('the packaged browser', () => {
  test('is unpacked once, whole, also by two at the same time', async () => {
    const killed = join(dataDir, 'browser', 'making-killed');
    await mkdir(killed, { recursive: true });
    await utimes(killed, 0, 0);
    const [one, two] = await Promise.all([unpackBrowser(dataDir), unpackBrowser(dataDir)]);
    expect(one).toBe(two);
    expect((await readdir(join(dataDir, 'browser'))).length).toBe(1);
    const { mtimeMs } = await stat(one);
    expect(await unpackBrowser(dataDir)).toBe(one);
    expect((await stat(one)).mtimeMs).toBe(mtimeMs);
  });

  test('starts and draws text', async () => {
    const { path, source, version } = await findBrowser({ browser: undefined, dataDir });
    expect(source).toBe('packaged');
    expect(version).toMatch(/\d+\.\d+/);
    const browser = await chromium.launch({ executablePath: path });
    try {
      const page = await browser.newPage();
      await page.goto(
        `data:text/html;charset=utf-8,${encodeURIComponent('<p>Grüße</p><span>iiii</span><b>WWWW</b>')}`,
      );
      expect(await page.textContent('p')).toBe('Grüße');
      // Without a font every letter would be as wide as any other, or of no width at all.
      const width = (tag: string) =>
        page.locator(tag).evaluate((element) => element.getBoundingClientRect().width);
      expect(await width('span')).toBeGreaterThan(0);
      expect(await width('b')).toBeGreaterThan((await width('span')) * 2);
    } finally {
      await browser.close();
    }
  });
});

describe('DEARLY_BROWSER', () => {
  test('is the only one that is tried', async () => {
    const failure = await findBrowser({ browser: '/no/such/browser', dataDir }).catch((error) => error);
    expect(failure).toBeInstanceOf(DearlyError);
    expect(failure.code).toBe('browser-unavailable');
    expect(failure.details).toEqual(['DEARLY_BROWSER (/no/such/browser): not there']);
  });

  test('is used as it is', async () => {
    const browser = join(dataDir, 'own-browser');
    await writeFile(browser, '#!/bin/sh\necho Own 1.0\n', { mode: 0o755 });
    expect(await findBrowser({ browser, dataDir })).toEqual({
      path: browser,
      source: 'DEARLY_BROWSER',
      version: 'Own 1.0',
    });
  });
});
