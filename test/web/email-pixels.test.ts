import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testBrowser } from '../support/test-browser.ts';
import { shippedEmails } from '../templates/shipped.ts';

const emails = await shippedEmails();
/** Where it asks for a picture, the same one every time. */
const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#7799bb' } })
  .jpeg()
  .toBuffer();

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: await testBrowser() });
});
afterAll(() => browser?.close());

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
    const merged = await pictureAtRest(page, email.merged);
    const slow = await pictureAtRest(page, await email.slow(), merged);
    expect(merged.equals(slow)).toBe(true);
    // An empty page would be the same both ways, too.
    expect(await colorsOf(merged)).toBeGreaterThan(3);
  });
});

/** Pictures that were loaded may be drawn a moment later: it looks until nothing changes, or until all is as it was before. */
async function pictureAtRest(page: Page, html: string, before?: Buffer): Promise<Buffer> {
  await page.setContent(html, { waitUntil: 'load' });
  let last = before ?? (await look(page));
  for (let looks = 0; looks < 10; looks++) {
    const next = await look(page);
    if (next.equals(last)) break;
    last = next;
  }
  return last;
}

/** On a busy machine the browser may have no frame to show yet, and says so: it is asked once more. */
function look(page: Page): Promise<Buffer> {
  const take = () => page.screenshot({ fullPage: true });
  return take().catch(take);
}

async function colorsOf(png: Buffer): Promise<number> {
  const data = await sharp(png).removeAlpha().raw().toBuffer();
  const colors = new Set<number>();
  for (let at = 0; at < data.length && colors.size < 8; at += 3) colors.add(data.readUIntBE(at, 3));
  return colors.size;
}
