// What keeps the bench honest: a fair part of the statement is one person's alone, and that part is no still picture.
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStatement } from '../../bench/people/open-statement.ts';
import type { Storyboard, StoryboardScene } from '../../src/merge/snapshot.ts';
import { type OpenFilm, openFilmPage } from './open-film-page.ts';

/** A frame has changed when this many pixels differ from the last one by more than this much in a channel (of 255). */
const changed = { pixels: 40, by: 8 };
const leastShare = 0.25;
const leastChanged = 0.5;

let people: readonly Storyboard[];
let film: OpenFilm;

beforeAll(async () => {
  const { person, prepare } = await openStatement();
  const alike = Array.from({ length: 8 }, (_, index) => ({ ...person(index * 3), firstName: 'Ada' }));
  const others = Array.from({ length: 12 }, (_, index) => person(100 + index));
  people = [...alike, ...others].map((profile) => storyboardOf(prepare(profile).snapshot.storyboard));
  film = await openFilmPage();
}, 180_000);

afterAll(async () => {
  await film?.close();
});

describe('of a statement', () => {
  test('at least a quarter of the frames lie in scenes that any two people have apart', () => {
    const shares = pairsOf(people).map(([one, other]) => framesOf(apart(one, other)) / framesOf(one.scenes));
    expect(shares).toHaveLength(190);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(leastShare);
    expect(Math.min(...shares), 'and no more than the story needs').toBeLessThan(0.31);
  });

  test('what is shared does not grow with the number of people', () => {
    const drawn = new Set(
      people.flatMap(({ lang, scenes }) =>
        scenes
          .filter(({ id }) => !['greeting', 'usage', 'cost', 'balance'].includes(id))
          .map(({ id, props }) => JSON.stringify([id, lang, props])),
      ),
    );
    // Six scenes in three languages, of which one has a few cases and one a few sets of tips.
    expect(drawn.size).toBeLessThan(40);
  });

  test('at least half of those frames change from the one before', async () => {
    const [one, other] = people;
    if (!one || !other) throw new Error('nobody is there');
    const scenes = apart(one, other);
    expect(scenes.map(({ id }) => id)).toEqual(['usage', 'cost', 'balance']);
    let moving = 0;
    await film.open(one, '16:9');
    for (const scene of scenes) moving += await countChanges(one, scene);
    const share = moving / framesOf(scenes);
    expect(share).toBeGreaterThanOrEqual(leastChanged);
    expect(share, 'figures stand long enough to be read').toBeLessThan(0.65);
  }, 240_000);
});

/** Each frame against the one before it in the film, by pixels. Where the DOM is the same, the picture is. */
async function countChanges({ scenes }: Storyboard, scene: StoryboardScene): Promise<number> {
  const start = framesOf(scenes.slice(0, scenes.indexOf(scene)));
  await film.show(start - 1);
  let before = await pixelsOf();
  let count = 0;
  for (let frame = start; frame < start + scene.durationInFrames; frame += 1) {
    if (!(await film.show(frame))) continue;
    const now = await pixelsOf();
    if (differ(before, now)) count += 1;
    before = now;
  }
  return count;
}

async function pixelsOf(): Promise<Buffer> {
  return await sharp(await film.picture())
    .removeAlpha()
    .raw()
    .toBuffer();
}

function differ(one: Buffer, other: Buffer): boolean {
  if (one.equals(other)) return false;
  let pixels = 0;
  for (let at = 0; at < one.length; at += 3) {
    const most = Math.max(
      Math.abs((one[at] ?? 0) - (other[at] ?? 0)),
      Math.abs((one[at + 1] ?? 0) - (other[at + 1] ?? 0)),
      Math.abs((one[at + 2] ?? 0) - (other[at + 2] ?? 0)),
    );
    if (most > changed.by) pixels += 1;
    if (pixels >= changed.pixels) return true;
  }
  return false;
}

/** Scenes of the first that the second cannot share. */
function apart(one: Storyboard, other: Storyboard): readonly StoryboardScene[] {
  const keyOf = ({ id, durationInFrames, props }: StoryboardScene, { lang }: Storyboard) =>
    JSON.stringify([id, lang, durationInFrames, props]);
  const theirs = new Set(other.scenes.map((scene) => keyOf(scene, other)));
  return one.scenes.filter((scene) => !theirs.has(keyOf(scene, one)));
}

function framesOf(scenes: readonly StoryboardScene[]): number {
  return scenes.reduce((sum, { durationInFrames }) => sum + durationInFrames, 0);
}

function pairsOf<Item>(items: readonly Item[]): (readonly [Item, Item])[] {
  return items.flatMap((one, index) => items.slice(index + 1).map((other) => [one, other] as const));
}

function storyboardOf(storyboard: Storyboard | null): Storyboard {
  if (storyboard === null) throw new Error('there is no storyboard');
  return storyboard;
}
