import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Storyboard } from '../../../src/merge/snapshot.ts';
import { type OpenSite, openSite, type Personal } from '../site/open-site.ts';
import { filmIn } from './film-in-page.ts';
import { recordFilm } from './record-film.ts';

// For axe, which is no script of the page.
const desktop = { viewport: { width: 1280, height: 900 }, bypassCSP: true };
const phone = { viewport: { width: 390, height: 844 }, bypassCSP: true, hasTouch: true };

interface Beds {
  readonly beds: HTMLAudioElement[];
}

/** The music is no part of the page's document; this keeps hold of it. */
const keepBeds = (page: Page) =>
  page.addInitScript(() => {
    const beds: HTMLAudioElement[] = [];
    const Plain = Audio;
    class KeptAudio extends Plain {
      constructor() {
        super();
        beds.push(this);
      }
    }
    Object.assign(globalThis, { beds, Audio: KeptAudio });
  });

let site: OpenSite;
let ada: Personal;
let film: Storyboard;

beforeAll(async () => {
  site = await openSite();
  ada = await site.personal({ patch: { firstName: 'Ada <i>&amp;' }, expiresInMs: 600_000 });
  if (ada.snapshot.storyboard === null) throw new Error('no film');
  film = ada.snapshot.storyboard;
}, 120_000);
afterAll(() => site?.close());

test('plays on this person`s data after one click, with its music, and what is done in it is told', async () => {
  const kinds = async () => (await site.house.events(ada.snapshot.id)).map(({ kind }) => kind);
  await site.visit(ada, { ...desktop, before: keepBeds }, async (page) => {
    const it = filmIn(page, film);
    const music = page.waitForRequest(/\/assets\/bed-.*\.m4a$/);
    await it.start();
    await expect.poll(() => it.picture.innerText(), { timeout: 20_000 }).toContain('Hallo Ada <i>&amp;');
    await music;
    const first = await it.at();
    await expect.poll(it.at).toBeGreaterThan(first + 5);
    await it.goTo('reasons', 2);
    const placed = () => page.evaluate(() => (globalThis as unknown as Beds).beds[0]?.currentTime ?? 0);
    await expect
      .poll(placed, { message: 'music goes where the film goes' })
      .toBeCloseTo((await it.at()) / 30, 0);
    await page.getByRole('button', { name: 'Was macht wie viel aus?' }).click();
    await page.goto('about:blank');
    // What is told in leaving is still under way, and a browser that closes would throw it away.
    await expect.poll(kinds).toContain('interaction');
  });
  expect(await site.house.events(ada.snapshot.id)).toContainEqual(
    expect.objectContaining({
      data: expect.objectContaining({ kind: 'reveal', scene: 'reasons', label: 'Was macht wie viel aus?' }),
    }),
  );
});

test('is worked by keyboard alone, says where it is, and remembers how it was watched', async () => {
  await site.visit(ada, desktop, async (page) => {
    const it = filmIn(page, film);
    await page.locator('.dv-start').focus();
    await page.keyboard.press('Enter');
    await it.isPlaying(true);
    await it.goTo('cost');
    const chapter = film.scenes.find(({ id }) => id === 'cost')?.chapter;
    const slider = page.getByRole('slider', { name: 'Stelle im Film' });
    expect(await slider.getAttribute('aria-valuetext')).toBe(`0:13, ${chapter}`);

    await page.keyboard.press('c');
    expect(await page.locator('.dv-captions').innerText()).toContain(chapter);
    const house = async () => (await page.locator('.dv-house').boundingBox())?.height;
    const height = await house();
    await it.goTo('tips');
    expect(await house(), 'a longer caption moves nothing').toBe(height);
    await it.goTo('cost');
    await page.keyboard.press('+');
    await page.keyboard.press('m');
    expect(await page.getByRole('button', { name: 'Ton' }).getAttribute('aria-pressed')).toBe('false');

    await slider.focus();
    await page.keyboard.press('ArrowRight');
    // One step, though the slider has keys of its own.
    await expect.poll(it.at).toBe(it.startOf('cost') + 60);
    expect(await page.locator('.dv-mark').innerText()).toContain(chapter);
    await page.locator('.dv-seek').hover({ position: { x: 12, y: 12 } });
    await expect.poll(() => page.locator('.dv-mark').innerText()).toContain('0:00 Dein Stromjahr');

    // Where words run to the left, so does time; the picture stands as it did.
    const cost = 'So viel hat es gekostet';
    const left = async () => (await it.picture.getByText(cost).last().boundingBox())?.x;
    const before = await left();
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
    await page.keyboard.press('ArrowRight');
    await expect.poll(it.at).toBe(it.startOf('cost'));
    await page.keyboard.press('ArrowLeft');
    await expect.poll(it.at).toBe(it.startOf('cost') + 60);
    await page.locator('.dv-seek').hover({ position: { x: 12, y: 12 } });
    await expect.poll(() => page.locator('.dv-mark').innerText()).not.toContain('0:00');
    expect(await left()).toBe(before);
    await page.evaluate(() => document.documentElement.removeAttribute('dir'));

    await page.keyboard.press('l');
    const current = page.locator('.dv-chapters [aria-current]');
    expect(await current.evaluate((one) => one === document.activeElement)).toBe(true);
    await it.expectNoBarrier();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(it.at).toBe(it.startOf('reasons'));
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Kapitel');

    await page.keyboard.press('?');
    expect(await it.sheet.innerText()).toContain('Abspielen und anhalten');
    await it.expectNoBarrier();
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Kapitel');

    await page.keyboard.press('End');
    await page.locator('.dv-play').focus();
    for (let step = 0; step < 9; step += 1) await page.keyboard.press('Tab');
    const isBeyond = () => document.querySelector('.dv-frame')?.contains(document.activeElement) === false;
    expect(await page.evaluate(isBeyond), 'nobody is kept in').toBe(true);

    await page.reload();
    await page.setViewportSize({ width: 320, height: 640 });
    await it.start();
    const spills = () => document.documentElement.scrollWidth > innerWidth;
    expect(await page.evaluate(spills), 'four times the size').toBe(false);
    expect(await page.getByRole('combobox', { name: 'Tempo' }).inputValue()).toBe('1.25');
    expect(await page.locator('.dv-captions').count()).toBe(1);
  });
});

test('waits for a choice; the answer changes what comes, in the film and in its words, and the page thanks', async () => {
  const bea = await site.personal({ patch: { firstName: 'Bea' } });
  await site.visit(bea, desktop, async (page) => {
    const it = filmIn(page, film);
    await it.start();
    await it.goTo('year', 2);
    await page.keyboard.press('k');
    const question = page.getByRole('dialog', { name: 'Was ist dir am wichtigsten?' });
    await question.waitFor();
    await it.isPlaying(false);
    expect(await it.at(), 'at its last frame').toBe(it.startOf('year') + 75);
    expect(await question.evaluate((one) => one === document.activeElement)).toBe(true);
    await it.expectNoBarrier();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await question.waitFor({ state: 'detached' });
    await it.isPlaying(true);
    await it.goTo('tips', 2);
    await expect.poll(() => it.picture.innerText()).toContain('So sparst du am meisten');
    await page.getByText('Film zum Lesen').click();
    expect(await page.locator('.dv-transcript').innerText()).toContain('So sparst du am meisten');
    await page.locator('dearly-form[name=goal] .df-thanks').waitFor();
    await it.goTo('year', 2);
    expect(await page.locator('.dv-pill').count(), 'what was answered is not asked again').toBe(0);
    await page.reload();
    await page.getByText('Film zum Lesen').click();
    expect(await page.locator('.dv-transcript').innerText(), 'when it is opened again').toContain(
      'So sparst',
    );
    expect(await page.locator('dearly-form[name=goal] .df-given').innerText()).toContain('Weniger zahlen');
    await it.start();
    await it.goTo('tips', 2);
    await expect.poll(() => it.picture.innerText()).toContain('So sparst du am meisten');
  });
  const profile = await site.house.wire.profiles.find(bea.person.externalId);
  expect(profile?.facts.goal).toMatchObject({ goal: 'save' });
});

test('its words stand below, lead to their place, and follow what is answered on the page', async () => {
  await site.visit(await site.personal(), desktop, async (page) => {
    await page.locator('.dv-start').waitFor();
    await page.getByText('Film zum Lesen').click();
    const words = await page.locator('.dv-transcript').innerText();
    for (const { chapter, caption, interactions = [] } of film.scenes)
      for (const one of [chapter, caption, ...interactions.map(({ label }) => label)])
        expect(words).toContain(one.replace('Ada <i>&amp;', 'Ada'));
    const goal = page.locator('dearly-form[name=goal]');
    await goal.getByText('Keine Arbeit damit').click();
    await goal.getByRole('button').click();
    await goal.locator('.df-thanks').waitFor();
    expect(await page.locator('.dv-transcript').innerText()).toContain('Das Einfachste zuerst');
    await page.locator('.dv-transcript-time').nth(3).click();
    const it = filmIn(page, film);
    await it.isPlaying(true);
    expect(await it.at()).toBeGreaterThanOrEqual(it.startOf('usage'));
  });
});

test('over the picture of a phone words are revealed, a branch leads away and back, a form and a rating are answered', async () => {
  await site.visit(await site.personal(), { ...phone, colorScheme: 'dark' }, async (page) => {
    const it = filmIn(page, film);
    await it.start();
    expect(await it.shape(), 'upright').toBeCloseTo(9 / 16, 1);

    await it.goTo('reasons', 2);
    const more = page.getByRole('button', { name: 'Was macht wie viel aus?' });
    await more.focus();
    await page.keyboard.press('Enter');
    expect(await it.sheet.innerText()).toContain('Preis pro kWh: ');
    await it.expectNoBarrier();
    await page.keyboard.press('Escape');
    expect(await more.evaluate((one) => one === document.activeElement), 'the focus is back').toBe(true);

    await it.goTo('balance', 2);
    const why = page.getByRole('button', { name: 'Warum dieser Betrag?' });
    expect((await why.boundingBox())?.height, 'large enough for a thumb').toBeGreaterThanOrEqual(44);
    const left = await it.at();
    await why.press('Enter');
    const back = page.getByRole('button', { name: /^Zurück zu/ });
    await back.waitFor();
    expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
    // To its end, where the film comes back by itself.
    await page.keyboard.press('ArrowRight');
    await back.waitFor({ state: 'detached' });
    await it.isPlaying(false);
    expect(await it.at()).toBe(left);

    await page.getByRole('button', { name: 'Zählerstand melden' }).click();
    await it.sheet.getByLabel('Zählerstand in kWh').fill('999999');
    await it.sheet.getByLabel('Abgelesen am').fill('2026-01-15');
    await it.sheet.getByRole('button', { name: 'Zählerstand senden' }).click();
    await it.sheet.getByText('Dein Zählerstand ist angekommen').waitFor();
    await it.sheet.getByRole('button', { name: 'Weiter' }).click();
    await it.sheet.waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: 'Zählerstand melden' }).count()).toBe(0);

    await it.goTo('closing', 2);
    await page.keyboard.press('k');
    await it.sheet.waitFor();
    await it.sheet.getByRole('radio', { name: '4' }).check();
    await it.expectNoBarrier();
    await it.sheet.getByRole('button', { name: 'Absenden' }).click();
    await it.sheet.locator('.df-thanks').waitFor();
    await it.sheet.getByRole('button', { name: 'Weiter' }).click();
    await it.isPlaying(false);
    expect(await it.at(), 'and stands at its end').toBe(it.startOf('closing') + 79);
  });
});

test('over the wide picture of a light page it is as easy to read, where something is wrong as well', async () => {
  await site.visit(await site.personal(), desktop, async (page) => {
    const it = filmIn(page, film);
    await it.start();
    expect(await it.shape()).toBeCloseTo(16 / 9, 1);
    await it.goTo('balance', 2);
    await page.getByRole('button', { name: 'Zählerstand melden' }).click();
    await it.sheet.getByLabel('Zählerstand in kWh').fill('1');
    await it.sheet.getByRole('button', { name: 'Zählerstand senden' }).click();
    await it.sheet.locator('.df-error:not([hidden])').first().waitFor();
    await it.expectNoBarrier();
    await page.keyboard.press('Escape');
    await it.goTo('closing', 2);
    const link = page.locator('.dv-pills').getByRole('link', { name: 'Passt dein Tarif noch?' });
    expect(await link.getAttribute('href')).toContain('/c/');
  });
});

test('who wants no motion gets one picture per scene, with all there is to do in it', async () => {
  await site.visit(await site.personal(), { ...phone, reducedMotion: 'reduce' }, async (page) => {
    await page.locator('.dv-house').waitFor();
    const next = page.getByRole('button', { name: 'Weiter', exact: true });
    const captions = page.locator('.dv-captions');
    for (const scene of film.scenes.slice(1, 9)) {
      await next.click();
      await expect.poll(() => captions.innerText()).toBe(scene.caption.replace('Ada <i>&amp;', 'Ada'));
    }
    await page.getByRole('button', { name: 'Warum dieser Betrag?' }).click();
    await page.getByRole('button', { name: /^Zurück zu/ }).waitFor();
    await page.getByRole('button', { name: 'Was macht wie viel aus?' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Weiter' }).click();
    await next.click();
    await expect.poll(() => captions.innerText()).toBe(film.scenes[8]?.caption);
    await next.click();
    expect(await next.isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Eine Frage zum Schluss' }).click();
    await filmIn(page, film).expectNoBarrier();
  });
});

test('refused sound, it plays without, and shows its words', async () => {
  const before = (page: { addInitScript(script: () => void): Promise<unknown> }) =>
    page.addInitScript(() => {
      HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    });
  await site.visit(ada, { ...desktop, before }, async (page) => {
    await filmIn(page, film).start();
    await page.locator('.dv-captions').waitFor();
    expect(await page.getByRole('button', { name: 'Ton' }).getAttribute('aria-pressed')).toBe('false');
  });
});

test('where the player cannot start, the file plays once it is made; where that fails, poster and words stand', async () => {
  const before = (page: {
    route(url: string, by: (route: { abort(): Promise<void> }) => void): Promise<unknown>;
  }) => page.route('**/theatre-*.js', (route) => void route.abort());
  const { video, wire } = site.house;
  const key = 'video/test.mp4';
  const mp4 = await recordFilm(site.browser);
  await wire.store.put(key, mp4, 'video/mp4');
  const expects = /theatre-|ERR_FAILED|dynamically imported/;
  video.state = { state: 'making', key, progress: 0.5, retryAfterSeconds: 1 };
  await site.visit(ada, { ...desktop, before, expects }, async (page) => {
    await page.locator('.dv-start').click();
    await page.getByText('Dein Film wird gerade gemacht').waitFor();
    expect(await page.getByRole('link', { name: 'Film als MP4 ansehen' }).count()).toBe(1);
    video.state = { state: 'ready', key, sizeBytes: mp4.length };
    const file = page.locator('video.dv-file[controls]');
    await file.waitFor();
    expect(await file.locator('track[kind=captions]').getAttribute('srclang')).toBe('de');
    const words = () => file.evaluate((it: HTMLVideoElement) => it.textTracks[0]?.cues?.length ?? 0);
    await expect.poll(words).toBeGreaterThan(5);
    await expect.poll(() => file.evaluate((it: HTMLVideoElement) => it.readyState)).toBeGreaterThan(0);
  });
  await wire.store.put(key, Buffer.alloc(4000, 7), 'video/mp4');
  video.state = { state: 'ready', key, sizeBytes: 4000 };
  await site.visit(ada, { ...desktop, before, expects }, async (page) => {
    await page.locator('.dv-start').click();
    await page.locator('[data-state=failed] .dv-poster').waitFor();
    await page.locator('video').waitFor({ state: 'detached' });
    expect(await page.getByText('Film zum Lesen').count()).toBe(1);
  });
  video.state = { state: 'absent' };
});
