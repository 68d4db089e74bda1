import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/** The document inside a frame of the stage; waited for, as frames are loaded again. */
export async function inside(page: Page, id: string): Promise<Frame> {
  const frame = await (await page.locator(`#${id}`).elementHandle())?.contentFrame();
  if (!frame) throw new Error(`no frame ${id}`);
  await frame.waitForLoadState('domcontentloaded');
  return frame;
}

export const textIn = (page: Page, id: string) => page.frameLocator(`#${id}`).locator('body').innerText();

/** What axe finds in the studio itself; the messages in its frames are others' matter. */
export async function barriersOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(
      { exclude: ['iframe'] },
      { resultTypes: ['violations'], iframes: false },
    ),
  );
  return violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.html).join(' ')}`);
}
