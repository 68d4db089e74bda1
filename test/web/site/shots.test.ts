import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type OpenSite, openSite } from './open-site.ts';

/** `npm run shots`: pictures of every state, to be looked at; no part of the tests. */
const folder = process.env.DEARLY_SHOTS;

const devices = {
  phone: { viewport: { width: 390, height: 844 } },
  desktop: { viewport: { width: 1280, height: 900 } },
};
const people = {
  statement: { de: 'ada-credit', en: 'beatrice-due', it: 'chiara-credit' },
  offer: { de: 'ada-fix', en: 'beatrice-solar', it: 'chiara-check' },
};
const cases = (['statement', 'offer'] as const).flatMap((pack) =>
  (['de', 'en', 'it'] as const).flatMap((lang) =>
    (['phone', 'desktop'] as const).flatMap((device) =>
      (['light', 'dark'] as const).map((scheme) => ({ pack, lang, device, scheme })),
    ),
  ),
);

describe('pictures of the page', () => {
  let site: OpenSite;
  const into = resolve(folder ?? '');
  beforeAll(async () => {
    await mkdir(into, { recursive: true });
    site = await openSite();
  }, 120_000);
  afterAll(() => site?.close());

  const shoot = (page: Page, name: string) =>
    page.screenshot({ path: join(into, `${name}.png`), fullPage: true });
  const awake = async (page: Page) => {
    await page.locator('dearly-video[data-ready]').waitFor();
    await page.locator('dearly-form[data-ready]').last().waitFor();
  };

  test.each(cases)('$pack, $lang, $device, $scheme', async ({ pack, lang, device, scheme }) => {
    const name = `${pack}-${lang}-${device}-${scheme}`;
    const mine = await site.personal({ pack, sample: people[pack][lang] });
    await site.visit(mine, { ...devices[device], colorScheme: scheme }, async (page) => {
      await awake(page);
      await shoot(page, name);
      for (const button of await page.locator('.df-submit:visible').all()) await button.click();
      await shoot(page, `${name}-wrong`);
      for (const group of await page.locator('.df-field:has([type=radio])').all())
        if (await group.isVisible())
          await group.locator('.df-option').nth(3).or(group.locator('.df-option').last()).first().click();
      await shoot(page, `${name}-filled`);
      const wish = pack === 'statement' ? 'goal' : 'accept';
      if (pack === 'offer') await page.locator('#form-accept .df-option').click();
      await page.locator(`#form-${wish} .df-submit`).click();
      await page.locator(`p#form-${wish}`).waitFor({ state: 'attached' });
      await shoot(page, `${name}-thanks`);
    });
  });

  test.each(['phone', 'desktop'] as const)(
    'a name from right to left, and no script, on a %s',
    async (device) => {
      const mine = await site.personal({ patch: { firstName: 'مريم נועה' } });
      await site.visit(mine, devices[device], async (page) => {
        await awake(page);
        await shoot(page, `statement-rtl-name-${device}`);
      });
      await site.visit(mine, { ...devices[device], javaScriptEnabled: false }, (page) =>
        shoot(page, `statement-no-script-${device}`),
      );
      const forced = { ...devices[device], forcedColors: 'active', contrast: 'more' } as const;
      await site.visit(mine, forced, async (page) => {
        await awake(page);
        await shoot(page, `statement-forced-colors-${device}`);
      });
    },
  );
});
