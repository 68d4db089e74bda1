import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../src/adapters/chromium/find-browser.ts';
import { readConfig } from '../../src/config.ts';
import { shippedEmails } from '../templates/shipped.ts';

const emails = await shippedEmails();
/** Where it asks for a picture, the same one every time. */
const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#7799bb' } })
  .jpeg()
  .toBuffer();

let browser: Browser;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dearly-pixels-'));
  const { path } = await findBrowser({ browser: readConfig().browser, dataDir: folder });
  browser = await chromium.launch({ executablePath: path });
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

describe.each([
  { where: 'a phone by day', width: 390, colorScheme: 'light' },
  { where: 'a desk by night', width: 900, colorScheme: 'dark' },
] as const)('on $where', ({ width, colorScheme }) => {
  let page: Page;
  beforeAll(async () => {
    page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, javaScriptEnabled: false });
    await page.route('**/*', (route) => route.fulfill({ contentType: 'image/jpeg', body: picture }));
  });
  afterAll(() => page.close());

  it.each(emails)('$pack for $sample in $lang looks the same both ways, to the pixel', async (email) => {
    const merged = await pixels(page, email.merged);
    const slow = await pixels(page, await email.slow());
    expect(merged.size).toEqual(slow.size);
    expect(merged.bytes.equals(slow.bytes)).toBe(true);
    // An empty page would be the same both ways, too.
    expect(merged.colors).toBeGreaterThan(3);
  });
});

/** Pictures that were loaded may be drawn a moment later. */
async function pictureAtRest(page: Page): Promise<Buffer> {
  let last = await page.screenshot({ fullPage: true });
  for (let look = 0; look < 10; look++) {
    const next = await page.screenshot({ fullPage: true });
    if (next.equals(last)) break;
    last = next;
  }
  return last;
}

async function pixels(page: Page, html: string) {
  await page.setContent(html, { waitUntil: 'load' });
  const image = sharp(await pictureAtRest(page)).removeAlpha();
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const colors = new Set<number>();
  for (let at = 0; at < data.length && colors.size < 8; at += 3) colors.add(data.readUIntBE(at, 3));
  return { bytes: data, size: [info.width, info.height], colors: colors.size };
}
