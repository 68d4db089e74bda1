import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildSite } from '../../src/adapters/chromium/build-site.ts';
import type { Storyboard } from '../../src/merge/snapshot.ts';
import { sampleStoryboard } from '../compositions/sample-storyboard.ts';
import { testBrowser } from '../support/test-browser.ts';
import { type ServedPage, servePage } from './serve-page.ts';

const compositionsDir = fileURLToPath(new URL('../../compositions', import.meta.url));
const phone = { viewport: { width: 390, height: 844 } };
let dataDir: string;
let browser: Browser;
let storyboard: Storyboard;
let counted: ServedPage;
let uncounted: ServedPage;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dearly-player-'));
  browser = await chromium.launch({ executablePath: await testBrowser() });
  const site = await buildSite({ dataDir, compositionsDir });
  expect(await buildSite({ dataDir, compositionsDir }), 'found again').toEqual(site);
  ({ storyboard } = await sampleStoryboard('ada-credit', { firstName: 'Ada <i>&amp;' }));
  const night = { width: 1200, height: 675, channels: 3, background: '#0E1B33' } as const;
  const poster = await sharp({ create: night }).jpeg().toBuffer();
  counted = await servePage({ site, storyboard, poster, tracking: true });
  uncounted = await servePage({ site, storyboard, poster, tracking: false });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await counted?.close();
  await uncounted?.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** Opens the page and hands it over; fails when anything was complained about or asked of another origin. */
async function visit(
  served: ServedPage,
  options: BrowserContextOptions,
  look: (page: Page) => Promise<void>,
) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (it) => ['error', 'warning'].includes(it.type()) && complaints.push(it.text()));
  page.on('pageerror', (it) => complaints.push(String(it)));
  page.on('request', (it) => {
    if (!/^(data|blob):/.test(it.url()) && !it.url().startsWith(served.url)) complaints.push(it.url());
  });
  try {
    await page.goto(served.url);
    await look(page);
    expect(complaints).toEqual([]);
  } finally {
    await context.close();
  }
}

const at = (page: Page) => page.locator('.dv-seek input').inputValue().then(Number);

test('shows the poster at once and plays on this person`s data after one click', async () => {
  await visit(counted, {}, async (page) => {
    await expect.poll(() => page.locator('.dv-start').count()).toBe(1);
    expect(await page.locator('.dv-poster').count()).toBe(1);
    await page.getByRole('button', { name: 'Abspielen' }).click();
    await page.locator('.dv-house[data-playing=true]').waitFor();
    const picture = page.locator('.dv-picture');
    await expect.poll(() => picture.innerText(), { timeout: 20_000 }).toContain('Hallo Ada <i>&amp;');
    const first = await at(page);
    await expect.poll(() => at(page)).toBeGreaterThan(first + 5);
    await page.keyboard.press('Space');
    await page.locator('.dv-house[data-playing=false]').waitFor();
  });
});

test('is worked by keyboard: seek, chapters, captions; the slider says where it is', async () => {
  await visit(uncounted, {}, async (page) => {
    await page.locator('.dv-start').focus();
    await page.keyboard.press('Enter');
    await page.locator('.dv-house[data-playing=true]').waitFor();
    await page.keyboard.press('k');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => at(page)).toBe(60);
    const cost = storyboard.scenes.findIndex((it) => it.id === 'cost');
    for (let scene = 0; scene < cost; scene += 1) await page.keyboard.press('PageDown');
    const start = storyboard.scenes.slice(0, cost).reduce((sum, it) => sum + it.durationInFrames, 0);
    await expect.poll(() => at(page)).toBe(start);
    const spoken = await page.locator('.dv-seek input').getAttribute('aria-valuetext');
    expect(spoken).toBe(`0:13, ${storyboard.scenes[cost]?.chapter}`);
    await page.keyboard.press('c');
    expect(await page.locator('.dv-captions').innerText()).toBe(storyboard.scenes[cost]?.caption);
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('k');
    await page.getByRole('button', { name: 'Noch einmal' }).waitFor();
    expect(uncounted.answers, 'nothing is told without consent').toEqual([]);
  });
});

test('the transcript holds all words and leads to their place', async () => {
  await visit(uncounted, phone, async (page) => {
    await page.getByText('Film zum Lesen').click();
    const captions = await page.locator('.dv-transcript p').allInnerTexts();
    expect(captions).toEqual(storyboard.scenes.map((it) => it.caption));
    await page.locator('.dv-transcript-time').nth(3).click();
    await page.locator('.dv-house[data-playing=true]').waitFor();
    expect(await at(page)).toBeGreaterThanOrEqual(236);
    const box = await page.locator('.dv-picture').boundingBox();
    expect(box?.width, 'square on a phone').toBeCloseTo(box?.height ?? 0, 0);
  });
});

test('who wants no motion gets one picture per scene', async () => {
  await visit(uncounted, { ...phone, reducedMotion: 'reduce' }, async (page) => {
    await page.locator('.dv-house').waitFor();
    await expect.poll(() => page.locator('.dv-picture').innerText()).toContain('Dein Stromjahr');
    for (const scene of storyboard.scenes.slice(1)) {
      await page.getByRole('button', { name: 'Weiter' }).click();
      await expect.poll(() => page.locator('.dv-captions').innerText()).toBe(scene.caption);
    }
    expect(await page.getByRole('button', { name: 'Weiter' }).isDisabled()).toBe(true);
  });
});

test.each([
  ['in motion', {}],
  ['on a phone', phone],
  ['without motion', { ...phone, reducedMotion: 'reduce' }],
] as const)('a link of a scene can be pressed while it is shown, %s', async (_, options) => {
  await visit(uncounted, options, async (page) => {
    const link = page.getByRole('link', { name: 'Passt dein Tarif noch?' });
    if ('reducedMotion' in options) {
      await page.locator('.dv-house').waitFor();
      expect(await link.count()).toBe(0);
      for (const _ of storyboard.scenes.slice(1)) await page.getByRole('button', { name: 'Weiter' }).click();
    } else {
      await page.locator('.dv-start').click();
      await page.locator('.dv-house[data-playing=true]').waitFor();
      expect(await link.count()).toBe(0);
      await page.keyboard.press('k');
      await page.locator('.dv-house[data-playing=false]').waitFor();
      await page.keyboard.press('End');
    }
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe('/c/tariff');
    const [box, picture] = [await link.boundingBox(), await page.locator('.dv-picture').boundingBox()];
    if (box === null || picture === null) throw new Error('nothing is shown');
    expect(box.height, 'large enough for a thumb').toBeGreaterThanOrEqual(44);
    expect(box.x).toBeGreaterThan(picture.x);
    expect(box.y + box.height, 'above the controls').toBeLessThan(picture.y + picture.height);
    const seek = page.locator('.dv-bar').getByRole('button').first();
    await seek.focus();
    await page.keyboard.press('Shift+Tab');
    expect(await link.evaluate((it) => it === document.activeElement), 'reached by keyboard').toBe(true);
    expect(await link.evaluate((it) => getComputedStyle(it).outlineStyle), 'and seen there').toBe('solid');
    await page.route('**/c/tariff', (route) => route.fulfill({ body: 'there' }));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/c/tariff');
  });
});

test('what was watched is told once, in batches, with consent', async () => {
  counted.answers.length = 0;
  await visit(counted, {}, async (page) => {
    await page.locator('.dv-start').click();
    await page.locator('.dv-house[data-playing=true]').waitFor();
    for (const _ of storyboard.scenes.slice(1)) await page.keyboard.press('PageDown');
    await expect
      .poll(() => counted.answers.flatMap((it) => it.events).length, { timeout: 8000 })
      .toBeGreaterThan(3);
  });
  const events = counted.answers.flatMap((it) => it.events);
  expect(events.filter((it) => it.kind === 'video-start')).toHaveLength(1);
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'video-chapter', data: { scene: 'closing' } }),
  );
  expect(events).toContainEqual(expect.objectContaining({ kind: 'video-progress', data: { percent: 75 } }));
});

test('leads to the MP4 when the player cannot start', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route('**/theatre-*.js', (route) => route.abort());
  await page.goto(uncounted.url);
  await page.locator('.dv-start').click();
  const link = page.getByRole('link', { name: 'Film als MP4 ansehen' });
  await link.waitFor();
  expect(await link.getAttribute('href')).toBe('/v/token.mp4');
  await context.close();
});

test.each(['light', 'dark'] as const)('has no barrier that a checker finds (%s)', async (colorScheme) => {
  const context = await browser.newContext({ ...phone, colorScheme, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(uncounted.url);
  await page.locator('.dv-start').click();
  await page.locator('.dv-house[data-playing=true]').waitFor();
  await page.keyboard.press('k');
  await page.keyboard.press('c');
  await page.getByText('Film zum Lesen').click();
  await page.evaluate(axe.source);
  const found = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(
      { exclude: ['.dv-picture'] },
      { resultTypes: ['violations'] },
    ),
  );
  const rules = found.violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.html).join(' ')}`);
  // The page around it has no heading; that is the page's matter.
  expect(rules.filter((it) => !it.startsWith('page-has-heading-one'))).toEqual([]);
  await context.close();
});
