import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Storyboard } from '../../src/merge/snapshot.ts';
import { expectedSeconds, planSegments } from '../../src/render/plan-segments.ts';
import { jobOf, jobsOf, segmentKey } from '../../src/render/segment-key.ts';
import { sampleFilm, scene } from '../support/sample-film.ts';

const drawnBy = () => 'some lane';

/** Few names, words and lengths, so that people share. */
const films = fc.array(
  fc
    .array(
      fc.tuple(
        fc.constantFrom('a', 'b', 'c'),
        fc.constantFrom('x', 'y', 'z'),
        fc.integer({ min: 1, max: 3 }),
      ),
      {
        minLength: 1,
        maxLength: 5,
      },
    )
    .map((scenes) => sampleFilm(scenes.map(([id, word, frames]) => scene(id, frames, { props: { word } })))),
  { maxLength: 12 },
);

test('a plan counts as brute force does', async () => {
  await fc.assert(
    fc.asyncProperty(films, fc.func(fc.boolean()), async (people, isKept) => {
      const all = people.flatMap((film) =>
        jobsOf(film, '9:16').map((job) => ({ key: segmentKey(job, 'some lane'), ...job.scene })),
      );
      const distinct = [...new Map(all.map((it) => [it.key, it])).values()];
      const kept = distinct.filter((it) => isKept(it.key));
      const frames = (some: readonly { durationInFrames: number }[]) =>
        some.reduce((sum, it) => sum + it.durationInFrames, 0);
      const plan = await planSegments(people, {
        format: '9:16',
        drawnBy,
        has: async (keys) => new Set(keys.filter((it) => isKept(it))),
      });
      expect(plan).toMatchObject({
        videos: people.length,
        frames: frames(all),
        distinctSegments: distinct.length,
        distinctFrames: frames(distinct),
        keptSegments: kept.length,
        keptFrames: frames(kept),
      });
      for (const { id, ...counted } of plan.perScene) {
        const mine = distinct.filter((it) => it.id === id);
        expect(counted).toEqual({ distinct: mine.length, frames: frames(mine) });
      }
      expect(plan.perScene.map((it) => it.id)).toEqual([...new Set(all.map((it) => it.id))]);
      const drawn = frames(distinct) - frames(kept);
      expect(plan.sharedShare).toBeCloseTo(all.length === 0 ? 0 : 1 - drawn / frames(all), 9);
    }),
  );
});

test('people are taken one by one, and what is kept is asked for in handfuls', async () => {
  let waiting = 0;
  async function* people() {
    for (let index = 0; index < 2000; index++) {
      waiting += 1;
      expect(waiting).toBe(1);
      yield sampleFilm([scene('all', 10), scene('one', 5, { props: { index } })]);
      waiting -= 1;
    }
  }
  const asked: number[] = [];
  const plan = await planSegments(people(), {
    format: '16:9',
    drawnBy,
    has: async (keys) => {
      asked.push(keys.length);
      return new Set();
    },
  });
  expect(plan).toMatchObject({
    videos: 2000,
    frames: 30_000,
    distinctSegments: 2001,
    distinctFrames: 10_010,
  });
  expect(Math.max(...asked)).toBeLessThanOrEqual(500);
  expect(expectedSeconds(plan, 100, 0.5)).toBeCloseTo(100.1 + 1000);
});

test('what cannot be seen in a scene does not part its segments; what can, does', () => {
  const one = scene('a', 10);
  const key = (film: Storyboard) => segmentKey(jobOf(film, '16:9', 0), 'some lane');
  const plain = key(sampleFilm([one]));
  const told = scene('a', 10, {
    chapter: 'other',
    caption: 'other',
    narration: [{ say: 'other' }],
    interactions: [{ kind: 'link', label: 'x', target: 'y', from: 0, until: 1 }],
  });
  expect(key(sampleFilm([told, scene('b', 5)], { title: 'Other', music: 'other.m4a', posterFrame: 3 }))).toBe(
    plain,
  );
  const job = jobOf(sampleFilm([one]), '16:9', 0);
  const others = [
    plain,
    segmentKey(job, 'another lane'),
    segmentKey({ ...job, format: '1:1' }, 'some lane'),
    key(sampleFilm([one], { version: 'v2' })),
    key(sampleFilm([one], { lang: 'it' })),
    key(sampleFilm([one], { fps: 25 })),
    key(sampleFilm([scene('a', 11)])),
    key(sampleFilm([scene('a', 10, { props: {} })])),
    key(sampleFilm([scene('a', 10, { paint: 'always' })])),
  ];
  expect(new Set(others).size).toBe(others.length);
});
