import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderStore } from '../../../src/adapters/storage/folder-store.ts';
import type { Snapshot, Storyboard } from '../../../src/merge/snapshot.ts';
import type { Lane } from '../../../src/render/lane.ts';
import { makeStills } from '../../../src/run/video/make-stills.ts';
import { formats } from '../../../src/template/composition.ts';
import { sampleStoryboard } from '../../compositions/sample-storyboard.ts';
import { flatLane } from '../../support/flat-lane.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dearly-stills-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** As large as real stills, and says which it was asked for. */
function open(name: string) {
  const asked: string[] = [];
  const lane: Lane = {
    ...flatLane(),
    async still(job, frame) {
      asked.push(`${job.scene.id} ${frame}`);
      const background = { r: frame % 256, g: 120, b: 120 };
      const create = { ...formats[job.format], channels: 3, background } as const;
      return await sharp({ create }).png({ compressionLevel: 1 }).toBuffer();
    },
  };
  const store = folderStore(join(folder, name));
  const assets = { settle: async (it: Storyboard) => it };
  return { asked, store, stills: makeStills({ store, laneFor: async () => lane, assets }) };
}

async function sample(): Promise<{ readonly storyboard: Storyboard; readonly snapshot: Snapshot }> {
  const { storyboard } = await sampleStoryboard('ada-credit');
  return { storyboard, snapshot: { storyboard } as Snapshot };
}

test('a poster is one frame, drawn once for all who ask, in any format that the film has', async () => {
  const { stills, asked, store } = open('poster');
  const { snapshot } = await sample();
  const both = await Promise.all([stills.get(snapshot, 'poster.jpg'), stills.get(snapshot, 'poster.jpg')]);
  expect(both[0]).toEqual(both[1]);
  expect(asked).toHaveLength(1);
  expect(await stills.get(snapshot, 'poster.jpg')).toEqual({ ...both[0], isDrawn: false });
  expect(asked).toHaveLength(1);
  const upright = await stills.get(snapshot, 'poster.webp', '9:16');
  expect(upright).toMatchObject({
    key: expect.stringMatching(/^poster\/[0-9a-f]{64}\.webp$/),
    contentType: 'image/webp',
  });
  const picture = await sharp(await buffer(await store.read(upright.key))).metadata();
  expect(picture).toMatchObject({ format: 'webp', width: 720, height: 1280 });
  await expect(stills.get({ storyboard: null } as Snapshot, 'poster.jpg')).rejects.toMatchObject({
    code: 'artefact-missing',
  });
}, 60_000);

test('a teaser begins with the poster’s frame and goes on with how its scene comes to it', async () => {
  const { stills, asked, store } = open('teaser');
  const { snapshot, storyboard } = await sample();
  const { key, sizeBytes, contentType } = await stills.get(snapshot, 'teaser.gif');
  expect(contentType).toBe('image/gif');
  expect(sizeBytes).toBeLessThanOrEqual(1_000_000);
  let start = 0;
  const scene = storyboard.scenes.find((it) => {
    start += it.durationInFrames;
    return storyboard.posterFrame < start;
  });
  const local = storyboard.posterFrame - start + (scene?.durationInFrames ?? 0);
  expect(asked.slice(0, 2)).toEqual([`${scene?.id} ${local}`, `${scene?.id} 0`]);
  const { pages, delay } = await sharp(await buffer(await store.read(key)), { animated: true }).metadata();
  expect(pages).toBeGreaterThan(5);
  expect(delay?.[0]).toBe(2500);
}, 60_000);

test('a contact sheet shows four moments of every scene', async () => {
  const { stills, asked } = open('sheet');
  const { snapshot, storyboard } = await sample();
  await stills.get(snapshot, 'sheet.webp', '1:1');
  expect(asked).toHaveLength(4 * storyboard.scenes.length);
}, 60_000);
