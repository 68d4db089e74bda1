import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenSite, openSite } from './open-site.ts';

let site: OpenSite;
beforeAll(async () => {
  site = await openSite();
}, 120_000);
afterAll(() => site?.close());

test.each(['statement', 'offer'])('the page of the pack %s opens without a complaint', async (pack) => {
  await site.visit(await site.personal({ pack }), {}, async (page) => {
    await page.locator('.dv-start').waitFor();
    expect(await page.locator('h1').innerText()).toContain('Ada');
  });
});
