import axe from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Storyboard } from '../../../src/merge/snapshot.ts';

export interface FilmInPage {
  readonly sheet: Locator;
  readonly picture: Locator;
  /** Width by height. */
  shape(): Promise<number>;
  /** First frame of a scene. */
  startOf(id: string): number;
  /** Where the seek bar says the film is. */
  at(): Promise<number>;
  /** Presses play and waits until the film runs. */
  start(): Promise<void>;
  /** Stands still at this frame, by keyboard. */
  goTo(id: string, seconds?: number): Promise<void>;
  isPlaying(isIt: boolean): Promise<void>;
  /** Nothing that a checker finds, in what lies over the picture and around it. */
  expectNoBarrier(): Promise<void>;
}

/** The film of a page, as somebody at the keyboard would work it. */
export function filmIn(page: Page, { scenes }: Storyboard): FilmInPage {
  const startOf = (id: string) => {
    const index = scenes.findIndex((it) => it.id === id);
    return scenes.slice(0, index).reduce((sum, it) => sum + it.durationInFrames, 0);
  };
  const at = () => page.locator('.dv-seek input').inputValue().then(Number);
  const isPlaying = (isIt: boolean) => page.locator(`.dv-house[data-playing=${isIt}]`).waitFor();
  const press = async (key: string, times: number) => {
    for (let time = 0; time < times; time += 1) await page.keyboard.press(key);
  };
  return {
    sheet: page.getByRole('dialog'),
    picture: page.locator('.dv-picture'),
    async shape() {
      const { width = 0, height = 1 } = (await page.locator('.dv-picture').boundingBox()) ?? {};
      return width / height;
    },
    startOf,
    at,
    isPlaying,
    async start() {
      await page.locator('.dv-start').click();
      await isPlaying(true);
    },
    async goTo(id, seconds = 0) {
      await page.locator('.dv-play').focus();
      if (await page.locator('.dv-house[data-playing=true]').count()) await page.keyboard.press('k');
      await isPlaying(false);
      await press('Home', 1);
      const steps = scenes.findIndex((it) => it.id === id);
      await press('PageDown', steps);
      await press('ArrowRight', seconds / 2);
      await expect.poll(at).toBe(startOf(id) + seconds * 30);
    },
    async expectNoBarrier() {
      // What still fades in has less contrast than it will.
      await page.locator('dearly-video').evaluate(async (film) => {
        const ends = film
          .getAnimations({ subtree: true })
          .filter((it) => it.effect?.getComputedTiming().endTime !== Infinity);
        await Promise.allSettled(ends.map((it) => it.finished));
      });
      await page.evaluate(axe.source);
      const found = await page.evaluate(() =>
        (globalThis as unknown as { axe: typeof axe }).axe.run(
          { include: ['dearly-video'], exclude: ['.dv-picture'] },
          { resultTypes: ['violations'] },
        ),
      );
      const rules = found.violations.map((it) => `${it.id}: ${it.nodes.map(({ html }) => html).join(' ')}`);
      expect(rules).toEqual([]);
    },
  };
}
