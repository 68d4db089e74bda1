import { readFile } from 'node:fs/promises';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenPreview, openPreview } from '../shell/preview/open-preview.ts';
import { testBrowser } from '../support/test-browser.ts';
import { barriersOf, inside, textIn } from './look-at-studio.ts';

let browser: Browser;
let preview: OpenPreview;
/** A save is read, compiled and shown. */
const soon = { timeout: 40_000 };
const desk = { viewport: { width: 1280, height: 800 } };
const ada = '/?pack=statement&sample=ada-credit';

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: await testBrowser() });
  preview = await openPreview();
});
afterAll(async () => {
  await browser?.close();
  await preview?.close();
});

/** Opens the studio and hands it over; fails when anything was complained about or asked of somebody else. */
async function visit(path: string, look: (page: Page) => Promise<void>, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ ...desk, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (it) => ['error', 'warning'].includes(it.type()) && complaints.push(it.text()));
  page.on('pageerror', (it) => complaints.push(String(it)));
  page.on('request', (it) => {
    if (!/^(data|blob):/.test(it.url()) && !it.url().startsWith(`${preview.url}/`)) complaints.push(it.url());
  });
  try {
    await page.goto(`${preview.url}${path}`, { waitUntil: 'domcontentloaded' });
    await page.locator('html[data-ready]').waitFor();
    // Its frames too: one that is still asked for when a mistake is saved is rightly refused, and that is complained about.
    await page.waitForLoadState('load');
    await look(page);
    expect(complaints).toEqual([]);
  } finally {
    await context.close();
  }
}

describe('looking', () => {
  test('a phone is as wide as one, a desktop lays itself out as one', async () => {
    await visit(ada, async (page) => {
      const phone = await inside(page, 'frame-email-phone');
      expect(await phone.evaluate(() => innerWidth)).toBe(390);
      const desktop = await inside(page, 'frame-email-desktop');
      expect(await desktop.evaluate(() => innerWidth)).toBe(760);
      await page.keyboard.press('p');
      await expect.poll(() => page.locator('iframe').count()).toBe(1);
      expect(page.url()).toContain('device=phone');
      await page.keyboard.press('p');
      await page.locator('#frame-email-desktop').waitFor();
      expect(page.url()).toContain('device=desktop');
    });
  });

  test.each(['light', 'dark'] as const)('light and dark, on a machine that is %s', async (colorScheme) => {
    const background = async (page: Page) =>
      await (await inside(page, 'frame-email-phone')).evaluate(
        () => getComputedStyle(document.body).backgroundColor,
      );
    await visit(
      ada,
      async (page) => {
        expect(await background(page)).toBe('rgb(246, 244, 238)');
        await page.keyboard.press('d');
        await expect.poll(() => background(page).catch(() => ''), soon).toBe('rgb(10, 18, 33)');
        expect(page.url()).toContain('scheme=dark');
      },
      { colorScheme },
    );
  });

  test('by keyboard through people, views and languages; the address keeps up, and back leads back', async () => {
    await visit(ada, async (page) => {
      await page.keyboard.press('j');
      await page.locator('#at-statement-beatrice-due[aria-current]').waitFor();
      await page.keyboard.press('ArrowUp');
      await page.locator('#at-statement-ada-credit[aria-current]').waitFor();
      await page.keyboard.press('l');
      await page.locator('#lang-en[aria-current]').waitFor();
      await expect.poll(() => textIn(page, 'frame-email-phone'), soon).toContain('Hello Ada');
      await page.keyboard.press('3');
      await page.locator('.letter').waitFor();
      expect(await page.locator('.letter').innerText()).toContain('Hello Ada');
      expect(page.url()).toBe(`${preview.url}${ada}&lang=en&view=text`);
      await page.goBack();
      await page.locator('#frame-email-phone').waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    });
  });

  test('keys pressed in the email itself are heard', async () => {
    await visit(ada, async (page) => {
      await page.frameLocator('#frame-email-phone').locator('h1').click();
      await page.keyboard.press('j');
      await page.locator('#at-statement-beatrice-due[aria-current]').waitFor();
    });
  });

  test('the page with its live player', async () => {
    await visit(`${ada}&view=page&device=phone`, async (page) => {
      const frame = page.frameLocator('#frame-page-phone');
      await frame.locator('.dv-start').click();
      await frame.locator('.dv-house[data-playing=true]').waitFor();
      // She is greeted in the second scene.
      await expect.poll(() => frame.locator('.dv-picture').innerText(), soon).toContain('Hallo Ada');
    });
  });

  test('the poster is the drawn one', async () => {
    await visit(`${ada}&device=phone`, async (page) => {
      const poster = page.frameLocator('#frame-email-phone').locator('img[src*="/picture/poster.jpg"]');
      await expect
        .poll(() => poster.evaluate((it: HTMLImageElement) => it.naturalWidth), { timeout: 50_000 })
        .toBe(1200);
      const response = await fetch((await poster.getAttribute('src')) ?? '');
      expect(response.headers.get('content-type')).toBe('image/jpeg');
    });
  }, 60_000);
});

describe('writing', () => {
  test('what is saved is shown, where the reader was', async () => {
    await visit(`${ada}&device=phone`, async (page) => {
      const phone = await inside(page, 'frame-email-phone');
      // A picture that comes later moves the text, and the browser the reader along with it.
      const isWhole = () => [...document.images].every((it) => it.complete);
      await expect.poll(() => phone.evaluate(isWhole), { timeout: 50_000 }).toBe(true);
      await phone.evaluate(() => scrollTo(0, 900));
      await preview.edit('statement/messages/de.json', (text) =>
        text.replace('dein Stromjahr ist da.', 'frisch gespeichert.'),
      );
      await expect
        .poll(() => textIn(page, 'frame-email-phone').catch(() => ''), soon)
        .toContain('frisch gespeichert.');
      const again = await inside(page, 'frame-email-phone');
      await expect.poll(() => again.evaluate(() => scrollY), soon).toBe(900);
    });
  }, 90_000);

  test('code of a pack is read again, too', async () => {
    await visit(ada, async (page) => {
      await preview.edit('statement/present.ts', (text) =>
        text.replace(/greeting: /, "greeting: 'Moin, ' + "),
      );
      await expect
        .poll(() => textIn(page, 'frame-email-phone').catch(() => ''), soon)
        .toContain('Moin, Hallo Ada');
    });
  });

  test.each([
    [
      'a template',
      'statement/email.mjml',
      /email\.mjml:\d+$/,
      (text: string) => text.replace('{{greeting}}', '{{greetnig}}'),
    ],
    [
      'a contract',
      'statement/contract.ts',
      /contract\.ts:\d+$/,
      (text: string) => `${text}\nconst broken = {,};\n`,
    ],
    ['a module of it', 'statement/figures.ts', /figures\.ts:\d+$/, (text: string) => `${text}\nnull.x;\n`],
    ['messages', 'statement/messages/it.json', /it\.json:\d+$/, (text: string) => text.replace('{', '{,')],
  ])('a mistake in %s is shown with its place, and goes when it is mended', async (_, path, place, spoil) => {
    const whole = await readFile(`${preview.packs}/${path}`, 'utf8');
    await visit(ada, async (page) => {
      await preview.edit(path, spoil);
      await page.locator('.complaint').waitFor();
      await expect.poll(() => page.locator('.complaint .place').first().innerText(), soon).toMatch(place);
      await page.locator('.pack[data-open] .broken').waitFor();
      await preview.edit(path, () => whole);
      await page.locator('#frame-email-phone').waitFor();
      await expect.poll(() => textIn(page, 'frame-email-phone').catch(() => ''), soon).toContain('Ada');
      expect(await page.locator('.complaint').count()).toBe(0);
    });
  });
});

describe('what a message may do', () => {
  test('a hostile sample is text, a hostile pack stays in its frame', async () => {
    const attack =
      '</script><script>parent.document.title="out";top.location="https://evil.example/"</script>';
    const mjml = await readFile(`${preview.packs}/statement/email.mjml`, 'utf8');
    const sample = await readFile(`${preview.packs}/statement/samples/ada-credit.json`, 'utf8');
    await preview.edit('statement/samples/ada-credit.json', (text) => {
      return JSON.stringify({
        ...JSON.parse(text),
        firstName: `Eve"><img src=x onerror="${attack}">${attack}`,
      });
    });
    const raw = `<mj-raw>${attack}<meta http-equiv="refresh" content="0;url=https://evil.example/"><base href="https://evil.example/"></mj-raw>`;
    await preview.edit('statement/email.mjml', (text) => text.replace('<mj-include', `${raw}<mj-include`));
    // Saved, and still attacking: the frame is what holds it.
    const email = async () => await (await fetch(`${preview.url}/frame/email${ada.slice(1)}`)).text();
    await expect.poll(email, soon).toContain('<script>parent.document.title="out"');
    await expect.poll(email, soon).toContain('Eve&quot;&gt;&lt;img');
    const context = await browser.newContext(desk);
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (it) => asked.push(it.url()));
    for (const view of ['email', 'page', 'text', 'source', 'checks']) {
      await page.goto(`${preview.url}${ada}&view=${view}`, { waitUntil: 'domcontentloaded' });
      await page.locator('html[data-ready]').waitFor();
      await page.waitForLoadState('networkidle');
      expect(await page.title(), view).toContain('Dearly');
      expect(new URL(page.url()).origin).toBe(preview.url);
      expect(await page.locator('.complaint').count(), view).toBe(0);
    }
    expect(asked.filter((it) => !it.startsWith(`${preview.url}/`) && !it.startsWith('data:'))).toEqual([]);
    await context.close();
    await preview.edit('statement/email.mjml', () => mjml);
    await preview.edit('statement/samples/ada-credit.json', () => sample);
  });

  test('an email runs nothing; a page is of no origin', async () => {
    await visit(`${ada}&device=phone`, async (page) => {
      expect(await page.locator('iframe').getAttribute('sandbox')).toBe('allow-same-origin');
    });
    await visit(`${ada}&device=phone&view=page`, async (page) => {
      expect(await page.locator('iframe').getAttribute('sandbox')).toBe('allow-scripts allow-forms');
      const frame = await inside(page, 'frame-page-phone');
      expect(await frame.evaluate(() => origin)).toBe('null');
    });
  });
});

describe.each(['light', 'dark'] as const)('no barrier that a checker finds (%s)', (colorScheme) => {
  test.each([
    ada,
    `${ada}&view=page`,
    `${ada}&view=text`,
    `${ada}&view=source`,
    `${ada}&view=checks`,
    '/?pack=offer&sample=ada-fix&blocks=why+offer',
    '/?pack=nowhere',
  ])('%s', async (path) => {
    const context = await browser.newContext({ ...desk, colorScheme, bypassCSP: true });
    const page = await context.newPage();
    await page.goto(`${preview.url}${path}`, { waitUntil: 'domcontentloaded' });
    await page.locator('html[data-ready]').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await context.close();
  });
});
