import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bot, startBot } from '../../examples/start-bot.ts';
import { type OpenSite, openSite } from './open-site.ts';

let site: OpenSite;
let bot: Bot;
beforeAll(async () => {
  site = await openSite();
  bot = await startBot(site.house, site.url);
}, 120_000);
afterAll(async () => {
  await bot?.close();
  await site?.close();
});

/** What is on its way in has no contrast yet. */
const calm = { reducedMotion: 'reduce' } as const;
const phone = { ...calm, viewport: { width: 390, height: 844 } };
const log = (page: Page) => page.locator('dearly-chat .dc-log');
const said = (page: Page, from: string) => page.locator(`.dc-said-${from} .dc-text`);
const ready = (page: Page) => page.locator('dearly-chat[data-ready]').waitFor();

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run('dearly-chat'),
  );
  return violations.map((it) => `${it.id}: ${it.nodes.map(({ html }) => html).join(' ')}`);
}

test('asked and answered by keyboard alone, in this person’s figures; handed over to the bot', async () => {
  const ada = await site.personal({ patch: { locale: 'de-DE' } });
  await site.visit(ada, calm, async (page) => {
    await ready(page);
    const input = page.getByLabel('Deine Frage');
    await input.focus();
    await page.keyboard.type('Was ist der Grundpreis?');
    await page.keyboard.press('Enter');
    const { cost } = ada.snapshot.view as { cost: { baseFee: string } };
    await expect.poll(() => said(page, 'house').last().innerText()).toContain(cost.baseFee);
    expect(await input.inputValue()).toBe('');
    expect(await input.evaluate((it) => it === document.activeElement)).toBe(true);

    await page.keyboard.type('<b>Wann</b> habt ihr geöffnet?');
    await page.keyboard.press('Enter');
    const hand = page.getByRole('button', { name: 'An unser Team weitergeben' });
    await hand.waitFor();
    expect(await said(page, 'visitor').last().innerText()).toBe('<b>Wann</b> habt ihr geöffnet?');
    expect(await faults(page)).toEqual([]);
    await hand.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => said(page, 'person').count()).toBe(1);
    expect(await said(page, 'person').innerText()).toContain('8 bis 18 Uhr');

    await input.focus();
    await page.keyboard.type('Und wer schreibt mir zurück?');
    await page.keyboard.press('Enter');
    await expect.poll(() => said(page, 'person').count(), { timeout: 15_000 }).toBe(2);
    expect(await log(page).getAttribute('tabindex'), 'it scrolls, so the keyboard reaches it').toBe('0');
  });
  // Who comes back finds the conversation as it was, and with whom.
  await site.visit(ada, { ...phone, colorScheme: 'dark' }, async (page) => {
    await ready(page);
    await page.locator('dearly-chat').scrollIntoViewIfNeeded();
    await expect.poll(() => said(page, 'person').count()).toBe(2);
    await page.getByText('Du schreibst jetzt mit unserem Team.').waitFor();
    expect(await faults(page)).toEqual([]);
  });
});

test('suggestions are buttons; what cannot be sent stays, and goes under the same id', async () => {
  const eve = await site.personal({ patch: { locale: 'en-GB' } });
  await site.visit(eve, { ...phone, expects: /ERR_FAILED|Failed to load/ }, async (page) => {
    await ready(page);
    const often = page.getByRole('group', { name: 'Often asked' }).getByRole('button');
    expect(await often.count()).toBeGreaterThanOrEqual(3);
    const question = (await often.first().textContent()) ?? '';
    const ids: string[] = [];
    await page.route('**/chat', (route) => {
      ids.push(route.request().postDataJSON().id);
      return ids.length === 1 ? route.abort() : route.continue();
    });
    await often.first().click();
    await page.getByText('Your message is still there.').waitFor();
    await page.getByRole('button', { name: 'Send again' }).click();
    await expect.poll(() => said(page, 'house').count()).toBe(2);
    expect(new Set(ids).size).toBe(1);
    expect(await said(page, 'visitor').allInnerTexts()).toEqual([question]);
    const { desk } = site.house.parts.chat;
    Object.assign(site.house.parts.chat, { desk: { ...desk, url: 'http://127.0.0.1:9/chat' } });
    await page.getByLabel('Your question').fill('Is anybody there?');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Pass it on to our team' }).click();
    const instead = page.getByRole('link', { name: 'Would you rather be called back?' });
    expect(await instead.getAttribute('href')).toBe('#form-callback');
    expect(await page.locator((await instead.getAttribute('href')) ?? '').count()).toBe(1);
    Object.assign(site.house.parts.chat, { desk });
    expect(await faults(page)).toEqual([]);
  });
});

test('without a script it is a list of questions with answers, and a plain form', async () => {
  const ciro = await site.personal({ patch: { locale: 'it-IT' } });
  await site.visit(ciro, { javaScriptEnabled: false }, async (page) => {
    const first = page.locator('.dc-question').first();
    await first.locator('summary').click();
    const { cost } = ciro.snapshot.view as { cost: { total: string } };
    expect(await first.locator('.dc-answer').innerText()).toContain(cost.total);
    await page.getByLabel('La tua domanda').fill('Vorrei una pizza margherita');
    await page.locator('.dc-send').click();
    await page.getByRole('button', { name: 'Passa la domanda al nostro team' }).click();
    await page.locator('.dc-said-visitor').waitFor();
    expect(page.url()).toContain('?chat=1#dearly-chat');
  });
});
