import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Storyboard } from '../../../src/merge/snapshot.ts';
import { browser } from '../../shell/http/open-house.ts';
import { type OpenSite, openSite, type Personal } from '../site/open-site.ts';
import { filmIn } from './film-in-page.ts';

// As somebody: for machines no voice is made.
const desktop = { viewport: { width: 1280, height: 900 }, bypassCSP: true, userAgent: browser['user-agent'] };

let folder: string;
let site: OpenSite;
let ada: Personal;
let film: Storyboard;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dearly-voice-'));
  const speaker = `${process.execPath} ${resolve('test/support/speaker.ts')} ${join(folder, 'said')}`;
  site = await openSite({ speech: `command:${speaker}` });
  ada = await site.personal({ patch: { firstName: 'Ada' } });
  if (ada.snapshot.storyboard === null) throw new Error('no film');
  film = ada.snapshot.storyboard;
}, 120_000);
afterAll(async () => {
  await site?.close();
  await rm(folder, { recursive: true, force: true });
});

const home = (it: Personal) => it.links.video.replace(/\.mp4$/, '');
const ask = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(url, { method, headers: { ...browser, accept: '*/*', ...headers } });
const said = async () =>
  (await readFile(join(folder, 'said'), 'utf8').catch(() => '')).split('\n').filter(Boolean);

test('a scene`s words are one sound, made when a person asks, once for all who hear the same', async () => {
  const list = await ask(`${home(ada)}/voices.json`);
  const listed = (await list.json()) as Record<string, { voice?: string; by?: Record<string, string> }>;
  expect(Object.keys(listed)).toEqual(film.scenes.map(({ id }) => id));
  expect(listed.tips).toEqual({
    voice: '7',
    by: {
      save: expect.any(String),
      green: expect.any(String),
      certain: expect.any(String),
      simple: expect.any(String),
    },
  });
  const html = await (await ask(ada.links.site, { accept: 'text/html' })).text();
  expect(html).not.toContain('voice');
  expect(html, 'the page holds no word of what is said').not.toContain('narration');

  const opening = `${home(ada)}/0.m4a`;
  for (const [headers, method] of [
    [{}, 'HEAD'],
    [{ 'user-agent': 'Barracuda Sentinel (EE)' }, 'GET'],
    [{ 'sec-purpose': 'prefetch' }, 'GET'],
  ] as const)
    expect((await ask(opening, headers, method)).status).toBe(404);
  expect(await said(), 'a look starts nothing').toEqual([]);

  const both = await Promise.all([ask(opening), ask(opening)]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  expect(both[0]?.headers.get('content-type')).toBe('audio/mp4');
  const part = await ask(opening, { range: 'bytes=0-99' });
  expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 100]);
  expect((await ask(opening, {}, 'HEAD')).status, 'now it is there').toBe(200);
  const bea = await site.personal({ patch: { firstName: 'Bea' } });
  const hers = await ask(`${home(bea)}/0.m4a`);
  expect(hers.headers.get('etag')).toBe(both[0]?.headers.get('etag'));
  expect(await said()).toHaveLength(1);

  const forged = home(ada).slice(0, -3);
  for (const url of [`${home(ada)}/99.m4a`, `${home(ada)}/x.m4a`, `${forged}/0.m4a`, `${forged}/voices.json`])
    expect((await ask(url)).status, url).toBe(404);
  const gated = await site.house.links(bea.person, { gate: true });
  for (const name of ['voices.json', '0.m4a']) {
    const behind = `${site.url}${gated.links.video.replace(/\.mp4$/, '')}/${name}`;
    expect((await ask(behind)).status, 'behind a gate').toBe(403);
  }
  const mute = await site.personal({ patch: { firstName: 'Nobody' } });
  expect((await ask(`${home(mute)}/1.m4a`)).status, 'an engine that refuses').toBe(404);
  expect(site.house.log()).toContain('a voice cannot be had');
  expect(site.house.log()).not.toContain('Nobody');

  const hello = await ask(`${home(bea)}/1.m4a`);
  const key = `voice/${/voice-([0-9a-f]{64})/.exec(hello.headers.get('etag') ?? '')?.[1]}.m4a`;
  expect(await site.house.wire.store.head(key)).not.toBeNull();
  await site.house.app.inject({
    method: 'DELETE',
    url: `/v1/profiles/${bea.person.externalId}`,
    headers: await site.house.key('profiles'),
  });
  expect(await site.house.wire.store.head(key), 'erased with the person').toBeNull();
  expect((await ask(`${home(bea)}/1.m4a`)).status).toBe(404);
});

/** What was heard of a voice since the last `forget`. */
interface Heard {
  /** Frames between voice and picture, one reading after the other. */
  readonly drifts: number[];
  readonly rates: number[];
  readonly beds: number[];
}
interface Ear {
  seen: Record<string, Heard>;
  speaking: string | null;
}

/** Listens to what plays by the elements themselves, from within: at a busy test's door, whole scenes go by unseen. */
const listen = (starts: readonly number[]) => (page: Page) =>
  page.addInitScript((starts) => {
    const all: HTMLAudioElement[] = [];
    const Plain = Audio;
    class KeptAudio extends Plain {
      constructor() {
        super();
        all.push(this);
      }
    }
    const ear: Ear = { seen: {}, speaking: null };
    Object.assign(globalThis, { ear, Audio: KeptAudio });
    setInterval(() => {
      const playing = all.filter((it) => !it.paused && !it.muted);
      const spoken = playing.find(({ currentSrc }) => currentSrc.includes('/v/'));
      const bed = playing.find((it) => it !== spoken);
      ear.speaking = spoken ? (/([\d-]+)\.m4a$/.exec(spoken.currentSrc)?.[1] ?? '') : null;
      if (!spoken || ear.speaking === null) return;
      const frame = Number(document.querySelector<HTMLInputElement>('.dv-seek input')?.value);
      const start = starts.findLast((it) => it <= frame) ?? 0;
      const heard = ear.seen[ear.speaking] ?? { drifts: [], rates: [], beds: [] };
      ear.seen[ear.speaking] = heard;
      heard.drifts.push(Math.abs(spoken.currentTime * 30 - (frame - start)));
      heard.rates.push(spoken.playbackRate);
      heard.beds.push(bed?.volume ?? 1);
    }, 20);
  }, starts);

test('the film speaks in step with its picture wherever it is played from, and goes on where a voice is missing', async () => {
  // The engine refuses this name.
  const it = await site.personal({ patch: { firstName: 'Nobody' } });
  const listed = (await (await ask(`${home(it)}/voices.json`)).json()) as { tips: { by: { save: string } } };
  // Where engines are slow, the first who hears a scene may hear nothing; this is about the next one.
  for (const name of ['0', '2', '3', '4', '5', '6', '7', listed.tips.by.save, '8', '9'])
    expect((await ask(`${home(it)}/${name}.m4a`)).status).toBe(200);
  const { scenes } = it.snapshot.storyboard as Storyboard;
  const starts = scenes.map((_, nth) =>
    scenes.slice(0, nth).reduce((sum, one) => sum + one.durationInFrames, 0),
  );
  await site.visit(it, { ...desktop, before: listen(starts), expects: /404/ }, async (page) => {
    const film = filmIn(page, it.snapshot.storyboard as Storyboard);
    const ear = () => page.evaluate(() => (globalThis as unknown as { ear: Ear }).ear);
    const forget = () =>
      page.evaluate(() => {
        (globalThis as unknown as { ear: Ear }).ear.seen = {};
      });
    const isStill = () => expect.poll(async () => (await ear()).speaking).toBeNull();
    /** Scenes are short: on a busy machine one may go by before it is listened to, and is played again. */
    const speaks = async (voice: string, play: () => Promise<unknown>): Promise<Heard> => {
      const inStep = async () => {
        await forget();
        await play();
        const often = (it: string) =>
          ((globalThis as unknown as { ear: Ear }).ear.seen[it]?.drifts ?? []).filter((off) => off < 2)
            .length > 2;
        return await page.waitForFunction(often, voice, { timeout: 4000 }).then(
          () => true,
          () => false,
        );
      };
      await expect.poll(inStep, { timeout: 60_000, interval: 10, message: `voice ${voice}` }).toBe(true);
      return (await ear()).seen[voice] as Heard;
    };
    const playFrom = async (scene: string, frame = 0) => {
      await film.goTo(scene);
      if (frame > 0) await page.locator('.dv-seek input').fill(String(film.startOf(scene) + frame));
      await isStill();
      await forget();
      await page.keyboard.press('k');
    };
    const from = (scene: string, voice: string, frame?: number) =>
      speaks(voice, () => playFrom(scene, frame));

    const asked: string[] = [];
    page.on('request', (request) => /\/v\//.test(request.url()) && asked.push(request.url()));
    await page.locator('.dv-start').hover();
    await page.waitForLoadState('networkidle');
    expect(asked, 'nothing is asked for before it plays').toEqual([]);
    await film.start();
    await from('opening', '0');
    await playFrom('greeting');
    await expect
      .poll(film.at, { message: 'it does not wait for a voice' })
      .toBeGreaterThan(film.startOf('year'));
    expect(asked.some((url) => url.endsWith('/1.m4a'))).toBe(true);
    expect((await ear()).seen).not.toHaveProperty('1');

    expect(Math.min(...(await from('usage', '3')).beds), 'music steps back').toBeLessThan(0.3);
    await page.keyboard.press('k');
    await isStill();
    await page.keyboard.press('+');
    expect((await from('bill', '4')).rates).toContain(1.25);
    await page.keyboard.press('-');

    await speaks('4', async () => {
      await film.goTo('cost');
      await page.locator('.dv-seek input').fill(String(film.startOf('cost') + 16));
      await page.locator('.dv-pill').first().click();
    });
    await page.keyboard.press('b');
    await isStill();
    await from('cost', '5', 16);

    const switched = page.getByRole('button', { name: 'Stimme' });
    expect(await switched.getAttribute('aria-pressed')).toBe('true');
    await from('reasons', '6');
    await page.keyboard.press('v');
    await isStill();
    expect(await switched.getAttribute('aria-pressed')).toBe('false');
    await page.locator('.dv-captions').waitFor();
    await film.isPlaying(true);
    await film.expectNoBarrier();
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    const house = await page.locator('.dv-house').boundingBox();
    const last = await page.locator('.dv-bar > :last-child').boundingBox();
    expect((last?.x ?? 0) + (last?.width ?? 0), 'all buttons are in the bar').toBeLessThanOrEqual(
      (house?.x ?? 0) + (house?.width ?? 0),
    );
    await page.setViewportSize(desktop.viewport);
    await switched.click();

    await film.goTo('year', 2);
    await page.keyboard.press('k');
    await film.sheet.waitFor();
    await isStill();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await film.sheet.waitFor({ state: 'detached' });
    await from('tips', listed.tips.by.save);
    await page.keyboard.press('m');
    await isStill();
  });
});
