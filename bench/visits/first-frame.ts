import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../../src/adapters/chromium/find-browser.ts';
import { readConfig } from '../../src/config.ts';
import { median } from '../per-second.ts';
import type { Visited } from './open-visited.ts';

const rounds = 5;

/**
 * From the navigation to the first frame that greets its person by name, drawn in their browser: the page comes, play is
 * pressed, and the film's opening, which is the same for everybody, is skipped by key. Nothing is kept from the round before.
 */
export async function firstFrameMs({ messages, dataDir }: Visited): Promise<number> {
  const { path } = await findBrowser({ browser: readConfig().browser, dataDir });
  const browser = await chromium.launch({ executablePath: path });
  try {
    const figures: number[] = [];
    for (const message of messages.slice(0, rounds)) figures.push(await visit(browser, message));
    return Math.round(median(figures));
  } finally {
    await browser.close();
  }
}

async function visit(browser: Browser, { snapshot, links }: Visited['messages'][number]): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    await page.goto(links.site, { waitUntil: 'commit' });
    await page.locator('.dv-start').click();
    await page.locator('.dv-house[data-playing=true]').waitFor();
    await page.keyboard.press('PageDown');
    const greeting = String(snapshot.view.greeting).replace(/\s+/g, '');
    // By the page's own clock, which starts with the navigation.
    const drawn = await page.waitForFunction(
      (name) => {
        const text = document.querySelector('.dv-picture')?.textContent ?? '';
        return text.replace(/\s+/g, '').includes(name) && performance.now();
      },
      greeting,
      { polling: 'raf', timeout: 30_000 },
    );
    return Number(await drawn.jsonValue());
  } finally {
    await context.close();
  }
}
