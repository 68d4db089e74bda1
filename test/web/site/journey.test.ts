import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenSite, openSite } from './open-site.ts';

let site: OpenSite;
beforeAll(async () => {
  site = await openSite();
}, 120_000);
afterAll(() => site?.close());

test('a link that is over says so, and shows nothing of what it led to', async () => {
  const mine = await site.personal({ expiresInMs: -1000 });
  const total = (mine.snapshot.view.cost as { total: string }).total;
  await site.visit(mine, { colorScheme: 'dark', expects: /410/ }, async (page) => {
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('abgelaufen');
    expect(await page.content()).not.toContain(total);
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
  });
});

test('unsubscribing takes a look and a press, and ends this purpose alone', async () => {
  const { person, links } = await site.personal({ pack: 'offer', sample: 'beatrice-solar' });
  await site.visit(links.unsubscribe, { viewport: { width: 390, height: 844 } }, async (page) => {
    expect((await site.house.wire.profiles.find(person.externalId))?.consents.marketing?.granted).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForLoadState('domcontentloaded');
    await expect.poll(() => page.getByRole('button').count()).toBe(0);
    const consents = (await site.house.wire.profiles.find(person.externalId))?.consents;
    expect([consents?.marketing?.granted, consents?.service?.granted ?? true]).toEqual([false, true]);
  });
});

test('over a slow line figures are read and a form is begun long before the film is there', async () => {
  const mine = await site.personal();
  const total = (mine.snapshot.view.cost as { total: string }).total;
  const slow = async (page: Page) => {
    const line = await page.context().newCDPSession(page);
    await line.send('Network.enable');
    // 400 kbit/s with 300 ms: what is left of a tariff at the end of the month.
    const bytes = 400_000 / 8;
    const conditions = { offline: false, latency: 300, downloadThroughput: bytes, uploadThroughput: bytes };
    await line.send('Network.emulateNetworkConditions', conditions);
  };
  await site.visit(mine, { before: slow }, async (page) => {
    await page.getByText(total).first().waitFor();
    const film = () =>
      page.evaluate(() => performance.getEntriesByType('resource').some((it) => /theatre/.test(it.name)));
    expect(await film(), 'the player is not waited for').toBe(false);
    await page.locator('#form-meter [name=reading]').fill('48500');
    expect(await page.locator('dearly-video img').first().isVisible()).toBe(true);
  });
});
