import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import statement from '../../compositions/statement/composition.ts';
import type { Json } from '../../src/profile/profile.ts';
import { type SampleName, sampleStoryboard } from './sample-storyboard.ts';

const samples: readonly SampleName[] = ['ada-credit', 'beatrice-due', 'chiara-credit'];

describe('the statement film', () => {
  test('has a component for every scene, and no other', async () => {
    const files = await readdir(new URL('../../compositions/statement/scenes/', import.meta.url));
    expect(files.sort()).toEqual(statement.scenes.map((it) => `${it.id}.tsx`).sort());
  });

  test.each(samples)('tells %s in 24 to 28 seconds, in words that show the same amount', async (name) => {
    const { storyboard, view } = await sampleStoryboard(name);
    const frames = storyboard.scenes.reduce((sum, it) => sum + it.durationInFrames, 0);
    expect(frames / storyboard.fps).toBeGreaterThanOrEqual(24);
    expect(frames / storyboard.fps).toBeLessThanOrEqual(28);
    for (const scene of storyboard.scenes) {
      expect(scene.chapter).not.toBe('');
      expect(scene.caption).toMatch(/\S[.!?…]$/u);
    }
    const cost = storyboard.scenes.find((it) => it.id === 'cost');
    expect(cost?.props.total).toBe(view.cost.total);
    expect(cost?.caption).toContain(view.cost.total);
  });

  test.each(samples)('says to %s no more than there is time for', async (name) => {
    const { storyboard } = await sampleStoryboard(name);
    for (const { id, narration = [], durationInFrames } of storyboard.scenes) {
      const letters = narration.reduce((sum, { say }) => sum + say.length, 0);
      expect(letters, id).toBeGreaterThan(0);
      expect(letters / (durationInFrames / storyboard.fps), id).toBeLessThanOrEqual(16);
    }
  });

  test('gives scenes strings and shapes, and no more of the view than they show', async () => {
    const { storyboard, view } = await sampleStoryboard('ada-credit');
    for (const { id, props } of storyboard.scenes) {
      for (const leaf of leavesOf(props)) {
        if (typeof leaf === 'number') expect(leaf, id).toBeLessThanOrEqual(1);
      }
      expect(JSON.stringify(props), id).not.toContain(view.person.customerNumber);
    }
  });
});

function leavesOf(value: Json): Json[] {
  return value === null || typeof value !== 'object' ? [value] : Object.values(value).flatMap(leavesOf);
}
