import { readdir } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import statement from '../../compositions/statement/composition.ts';
import { stackUp } from '../../compositions/statement/parts/stack-up.ts';
import type { Json } from '../../src/profile/profile.ts';
import { type SampleName, sampleStoryboard } from './sample-storyboard.ts';

const samples: readonly SampleName[] = ['ada-credit', 'beatrice-due', 'chiara-credit'];

describe('the statement film', () => {
  test('has a component for every scene, and no other', async () => {
    const files = await readdir(new URL('../../compositions/statement/scenes/', import.meta.url));
    expect(files.sort()).toEqual(statement.scenes.map((it) => `${it.id}.tsx`).sort());
  });

  test.each(samples)('tells %s in 22 to 28 seconds, in words that show the same amount', async (name) => {
    const { storyboard, view } = await sampleStoryboard(name);
    const frames = storyboard.scenes.reduce((sum, it) => sum + it.durationInFrames, 0);
    expect(frames / storyboard.fps).toBeGreaterThanOrEqual(22);
    expect(frames / storyboard.fps).toBeLessThanOrEqual(28);
    for (const scene of storyboard.scenes) {
      expect(scene.chapter).not.toBe('');
      expect(scene.caption).toMatch(/\S[.!?…]$/u);
    }
    const cost = storyboard.scenes.find((it) => it.id === 'cost');
    expect(cost?.props.total).toBe(view.cost.total);
    expect(cost?.caption).toContain(view.cost.total);
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

test('bars that are laid end to end add up to the sum, within one track', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
      (lengths) => {
        const { steps, sum } = stackUp(lengths);
        const ends = [...steps, sum].flatMap(({ start, end }) => [start, end]);
        for (const end of ends) expect(end).toSatisfy((it: number) => it >= -1e-9 && it <= 1 + 1e-9);
        expect(sum.start).toBeCloseTo(steps[0]?.start ?? 0);
        expect(sum.end).toBeCloseTo(steps.at(-1)?.end ?? 0);
        for (const [index, step] of steps.entries()) {
          if (index > 0) expect(step.start).toBeCloseTo(steps[index - 1]?.end ?? 0);
        }
      },
    ),
  );
});

function leavesOf(value: Json): Json[] {
  return value === null || typeof value !== 'object' ? [value] : Object.values(value).flatMap(leavesOf);
}
