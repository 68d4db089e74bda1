import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderStore } from '../../../src/adapters/storage/folder-store.ts';
import { DearlyError } from '../../../src/errors.ts';
import type { Storyboard } from '../../../src/merge/snapshot.ts';
import type { ArtefactStore } from '../../../src/render/artefact-store.ts';
import { assetPlaceKeys } from '../../../src/render/asset-key.ts';
import { inlineAssets } from '../../../src/render/inline-assets.ts';
import { removeArtefacts } from '../../../src/run/remove-artefacts.ts';
import { makeAssets } from '../../../src/run/video/fetch-assets.ts';
import { asset } from '../../../src/template/asset.ts';
import type { SceneProps } from '../../../src/template/composition.ts';

let folder: string;
let store: ArtefactStore;
const asked: string[] = [];
/** What stands behind which address today. */
let world: Record<string, string> = {};

const fetchAsset = async (url: string) => {
  asked.push(url);
  const color = world[url];
  if (color === undefined)
    throw new DearlyError('asset-unavailable', 'a.example does not give it: it answers 404.');
  const picture = sharp({ create: { width: 9, height: 9, channels: 3, background: color } });
  return { bytes: await picture.png().toBuffer(), type: 'image/png' };
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dearly-assets-'));
  store = folderStore(folder);
  asked.length = 0;
  world = { 'https://a.example/1': '#f00', 'https://a.example/2': '#00f', 'https://b.example/same': '#f00' };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const day = (url: string, asOf = '2026-11-22') => ({ ...asset(url), asOf });
const storyboard = (...props: readonly SceneProps[]): Storyboard => ({
  composition: 'portrait',
  version: 'test',
  fps: 30,
  lang: 'de',
  posterFrame: 0,
  scenes: props.map((it, at) => ({
    id: `s${at}`,
    durationInFrames: 30,
    props: it,
    chapter: '',
    caption: '',
  })),
});

test('props name content: two addresses with the same picture draw the same scene', async () => {
  const assets = makeAssets({ store, fetchAsset });
  const { scenes } = await assets.settle(
    storyboard(
      { photo: day('https://a.example/1'), name: 'Ada' },
      { photo: day('https://b.example/same'), name: 'Ada' },
      { list: [{ photo: day('https://a.example/2') }], none: asset(null) },
    ),
  );
  expect(scenes[0]?.props).toEqual({
    photo: { asset: expect.stringMatching(/^asset:[0-9a-f]{64}$/) },
    name: 'Ada',
  });
  expect(scenes[1]?.props).toEqual(scenes[0]?.props);
  expect(JSON.stringify(scenes)).not.toContain('example');
  const inlined = await inlineAssets(scenes[0]?.props ?? {}, assets.read);
  const address = (inlined.photo as { asset: string }).asset;
  expect(address).toMatch(/^data:image\/webp;base64,/);
  const { dominant } = await sharp(Buffer.from(address.split(',')[1] ?? '', 'base64')).stats();
  expect(dominant.r).toBeGreaterThan(200);
});

test('a storyboard without pictures is the same storyboard', async () => {
  const plain = storyboard({ name: 'Ada' }, { none: asset(null) });
  expect(await makeAssets({ store, fetchAsset }).settle(plain)).toBe(plain);
});

test('one address is one picture for the whole day, in every process; the next day it is asked again', async () => {
  const one = await makeAssets({ store, fetchAsset }).get(day('https://a.example/1'));
  world['https://a.example/1'] = '#0f0';
  const other = makeAssets({ store, fetchAsset });
  expect(await other.get(day('https://a.example/1'))).toEqual(one);
  expect(asked).toHaveLength(1);
  expect((await other.get(day('https://a.example/1', '2026-11-23'))).sha256).not.toBe(one.sha256);
});

test('many who ask at once fetch once', async () => {
  const assets = makeAssets({ store, fetchAsset });
  const all = await Promise.all(Array.from({ length: 20 }, () => assets.get(day('https://a.example/1'))));
  expect([new Set(all.map((it) => it.sha256)).size, asked.length]).toEqual([1, 1]);
});

test('a picture that cannot be had names its scene, and is not asked for again at once', async () => {
  const assets = makeAssets({ store, fetchAsset });
  const broken = storyboard({ name: 'Ada' }, { photo: day('https://a.example/gone?who=ada') });
  for (const _ of [1, 2]) {
    const fault = await assets.settle(broken).catch((error) => error);
    expect(fault).toMatchObject({
      code: 'asset-unavailable',
      retry: 'later',
      message: 'portrait, scene "s1": a.example does not give it: it answers 404.',
    });
  }
  expect(asked).toHaveLength(1);
});

test('a sound where a picture belongs is refused', async () => {
  const sound = makeAssets({
    store,
    fetchAsset: async () => ({ bytes: new Uint8Array(9), type: 'audio/mpeg' }),
  });
  const fault = await sound.settle(storyboard({ photo: day('https://a.example/1') })).catch((error) => error);
  expect(fault).toMatchObject({ code: 'asset-refused', retry: 'never' });
});

test('what a person’s storyboard names goes with the person', async () => {
  const assets = makeAssets({ store, fetchAsset });
  const film = storyboard({ photo: day('https://a.example/1') }, { photo: day('https://a.example/1') });
  const { key } = await assets.get(day('https://a.example/1'));
  const keys = assetPlaceKeys(film);
  expect(keys).toHaveLength(1);
  await removeArtefacts(store, [...keys, ...keys]);
  expect([await store.head(key), await store.head(keys[0] ?? '')]).toEqual([null, null]);
});

test('a picture that went with somebody else is fetched again', async () => {
  const assets = makeAssets({ store, fetchAsset });
  const { key } = await assets.get(day('https://a.example/1'));
  await store.remove(key);
  expect((await assets.get(day('https://a.example/1'))).key).toBe(key);
  expect(await store.head(key)).not.toBeNull();
});
