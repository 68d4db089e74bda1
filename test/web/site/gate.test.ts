import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeLinks } from '../../../src/track/make-links.ts';
import { type OpenSite, openSite } from './open-site.ts';

let site: OpenSite;
beforeAll(async () => {
  site = await openSite();
}, 120_000);
afterAll(() => site?.close());

async function gated() {
  const person = await site.house.person();
  const { snapshot } = await site.house.links(person, { gate: true });
  const { wire } = site.house;
  const total = (snapshot.view.cost as { total: string }).total;
  return { total, links: makeLinks(wire.secret, snapshot, wire.origins()) };
}

const barriersOf = async (page: Page) => {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((it) => it.html).join(' ')}`);
  });
};

const shot = async (page: Page, name: string) => {
  const folder = process.env.DEARLY_SHOTS;
  if (folder) await page.screenshot({ path: `${folder}/gate-${name}.png`, fullPage: true });
};

test('without a script, by keyboard: a wrong answer is said, the right one leads to the figures', async () => {
  const { links, total } = await gated();
  const phone = { viewport: { width: 390, height: 844 }, javaScriptEnabled: false, expects: /403/ };
  await site.visit(links.site, phone, async (page) => {
    await shot(page, 'phone');
    const field = page.getByRole('textbox', { name: 'Wie lautet deine Postleitzahl?' });
    await field.focus();
    await page.keyboard.type('10115');
    const posted = page.waitForRequest((it) => it.method() === 'POST');
    await page.keyboard.press('Enter');
    // What a browser says of a form on a page that sends no referrer; the second is what we go by (ADR 114).
    const said = await (await posted).allHeaders();
    expect([said.origin, said['sec-fetch-site']]).toEqual(['null', 'same-origin']);
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('noch 4 Versuche');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await shot(page, 'phone-wrong');
    await field.fill('24 103');
    await page.keyboard.press('Enter');
    await page.getByText(total).first().waitFor();
    expect(new URL(page.url()).pathname).toBe(new URL(links.site).pathname);
    await page.reload();
    expect(await page.content()).toContain(total);
    // Another browser that has the link knows nothing of this.
    expect(await (await fetch(links.site, { headers: { accept: 'text/html' } })).text()).not.toContain(total);
  });
});

test('has no barrier that a checker finds', async () => {
  const { links } = await gated();
  const desk = { viewport: { width: 1280, height: 800 }, bypassCSP: true, expects: /403/ };
  await site.visit(links.site, desk, async (page) => {
    await shot(page, 'desk');
    expect(await barriersOf(page)).toEqual([]);
    await page.locator('.answer').fill('x');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await shot(page, 'desk-wrong');
    expect(await barriersOf(page)).toEqual([]);
  });
});

test('the documentation of the API works under its policy, and asks nobody else', async () => {
  await site.visit(`${site.url}/docs/`, {}, async (page) => {
    await page.getByText('/v1/renders').first().waitFor();
  });
});
