import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenSite, openSite, type Personal } from './open-site.ts';

let site: OpenSite;

beforeAll(async () => {
  site = await openSite();
}, 120_000);
afterAll(() => site?.close());

const consentOf = async ({ person }: Personal) =>
  (await site.house.wire.profiles.find(person.externalId))?.consents.tracking;
const told = async ({ snapshot }: Personal) =>
  (await site.house.events(snapshot.id)).map(({ kind, data }) => [kind, data]);
/** Headless browsers count as machines, which agree to nothing. */
const person = {
  userAgent:
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
};
const ours = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('dearly:')).length);
const wide = { timeout: 20_000 };

test('what is done on the page is told, and told again after a visit that could not tell it', async () => {
  const ada = await site.personal();
  const before = async (page: Page) => {
    await page.clock.install();
    // A browser may refuse: then it is all left to the next visit.
    await page.addInitScript(() => {
      navigator.sendBeacon = () => false;
    });
  };
  // A server that is away is an error to the console, too.
  await site.visit(ada, { ...person, before, expects: /ERR_FAILED|Failed to fetch/ }, async (page) => {
    await page.locator('dearly-consent[data-ready]').waitFor();
    await page.route('**/a/*', (route) => route.abort());
    await page.locator('#form-meter-reading').fill('1');
    await page.locator('#form-callback-tel').fill('1');
    expect(await ours(page)).toBe(1);
    await page.reload();
    await page.locator('dearly-consent[data-ready]').waitFor();
    await page.unroute('**/a/*');
    await page.locator('#form-meter-reading').fill('2');
    await page.mouse.move(10, 10);
    await page.clock.runFor(11_000);
    await expect.poll(() => told(ada), wide).toContainEqual(['read', { seconds: 10 }]);
    await expect.poll(() => ours(page), wide).toBe(0);
  });
  // Begun once in each visit; in the order of the deeds.
  expect(await told(ada)).toEqual([
    ['visit', {}],
    ['visit', {}],
    ['form-start', { form: 'meter' }],
    ['form-start', { form: 'callback' }],
    ['form-start', { form: 'meter' }],
    ['read', { seconds: 10 }],
  ]);
});

test('the switch ends and begins the counting in place, by keyboard', async () => {
  const ada = await site.personal();
  await site.visit(ada, { ...person, viewport: { width: 390, height: 844 } }, async (page) => {
    const toggle = page.getByRole('switch', { name: 'Mitzählen' });
    await toggle.waitFor();
    expect(await toggle.getAttribute('aria-checked')).toBe('true');
    await page.locator('#form-meter-reading').fill('1');
    expect(await ours(page)).toBe(1);
    await toggle.focus();
    await page.keyboard.press('Space');
    await page.getByText('Wir zählen nicht mit.').waitFor();
    expect([await toggle.getAttribute('aria-checked'), await ours(page)]).toEqual(['false', 0]);
    expect(await consentOf(ada)).toMatchObject({ granted: false, source: 'page' });
    await page.locator('#form-callback-tel').fill('1');
    expect(await ours(page)).toBe(0);
    await page.keyboard.press('Tab');
    await toggle.click();
    await page.getByText('Wir zählen mit.').waitFor();
    await page.locator('#form-clear-comment').fill('1');
    await page.evaluate(() => document.dispatchEvent(new Event('dearly:flush')));
    await expect.poll(() => told(ada), wide).toContainEqual(['form-start', { form: 'clear' }]);
  });
  const kinds = (await told(ada)).map(([kind, data]) => `${kind} ${Object(data).form ?? ''}`);
  expect(kinds).not.toContain('form-start callback');
});

test('the switch works without a script, and without the yes nothing is kept on the device or sent', async () => {
  const ada = await site.personal();
  await site.visit(ada, { ...person, javaScriptEnabled: false }, async (page) => {
    await page.getByRole('button', { name: 'Mitzählen ausschalten' }).click();
    await page.getByText('Wir zählen nicht mit.').waitFor();
    expect(new URL(page.url()).hash).toBe('#counting');
  });
  expect(await consentOf(ada)).toMatchObject({ granted: false });
  const before = await told(ada);
  await site.visit(ada, person, async (page) => {
    await page.locator('dearly-consent[data-ready]').waitFor();
    const posted: string[] = [];
    page.on('request', (it) => it.method() === 'POST' && posted.push(it.url()));
    await page.locator('#form-meter-reading').fill('1');
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
    await page.goto('about:blank');
    expect(posted).toEqual([]);
  });
  expect(await told(ada)).toEqual(before);
});
