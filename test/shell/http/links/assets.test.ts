import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eraseProfile } from '../../../../src/adapters/postgres/erase-profile.ts';
import { assetName } from '../../../../src/merge/asset-name.ts';
import { removeArtefacts } from '../../../../src/run/remove-artefacts.ts';
import { makeAssets } from '../../../../src/run/video/fetch-assets.ts';
import { asset } from '../../../../src/template/asset.ts';
import { makeLinks } from '../../../../src/track/make-links.ts';
import { browser, type House, openHouse } from '../open-house.ts';

const photo = { ...asset('https://photos.example/ada.jpg?key=secret'), asOf: '2026-11-22' };
/** Nobody may ask this address, so this picture cannot be had. */
const closed = { ...asset('https://127.0.0.1/ada.jpg'), asOf: '2026-11-22' };

let house: House;
beforeAll(async () => {
  house = await openHouse();
  // What an earlier render has fetched; the server asks nobody again.
  const picture = sharp({ create: { width: 20, height: 10, channels: 3, background: '#2a6' } });
  const fetchAsset = async () => ({ bytes: await picture.png().toBuffer(), type: 'image/png' });
  await makeAssets({ store: house.wire.store, fetchAsset }).get(photo);
});
afterAll(() => house.close());

const get = (url: string, headers: Record<string, string> = {}) =>
  house.app.inject({ method: 'GET', url, headers: { ...browser, ...headers } });

async function pageOf() {
  const person = await house.person();
  const { snapshot: made } = await house.links(person);
  if (made.storyboard === null) throw new Error('no film');
  const scenes = made.storyboard.scenes.map((scene) => ({
    ...scene,
    props: { ...scene.props, photo, closed },
  }));
  const snapshot = { ...made, id: randomUUID(), storyboard: { ...made.storyboard, scenes } };
  await house.wire.keepSnapshot(snapshot, new Date(Date.now() + 60_000));
  const { body, headers } = await get(makeLinks(house.wire.secret, snapshot, { api: '', site: '' }).site);
  const data = JSON.parse(/id="dearly-page"[^>]*>(.*?)<\/script>/s.exec(body)?.[1] ?? '');
  return {
    person,
    body,
    csp: String(headers['content-security-policy']),
    props: data.storyboard.scenes[0].props,
  };
}

/** Without the origin, as `inject` wants it. */
const pathOf = (url: string) => new URL(url, 'http://here').pathname;

test('the page names our own address for a foreign picture, and its policy stays closed', async () => {
  const { body, csp, props } = await pageOf();
  expect(body).not.toMatch(/photos\.example|secret|ada\.jpg/);
  expect(csp).not.toContain('photos.example');
  expect(props.photo).toEqual({ asset: expect.stringMatching(/\/i\/[\w-]{46}\/asset-[0-9a-f]{64}\.webp$/) });
  const answer = await get(pathOf(props.photo.asset));
  expect(answer.statusCode).toBe(200);
  expect(answer.headers).toMatchObject({
    'content-type': 'image/webp',
    'cache-control': 'private, max-age=86400, immutable',
    'cross-origin-resource-policy': 'same-site',
  });
  expect(await sharp(answer.rawPayload).metadata()).toMatchObject({ format: 'webp', width: 20, height: 10 });
  const again = await get(pathOf(props.photo.asset), { 'if-none-match': String(answer.headers.etag) });
  expect(again.statusCode).toBe(304);
});

test('a picture that cannot be had is a clear pixel, kept by nobody; the log says why without the address', async () => {
  const { props } = await pageOf();
  const answer = await get(pathOf(props.closed.asset));
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([404, 'image/webp']);
  expect(answer.headers['cache-control']).toContain('no-store');
  const { data } = await sharp(answer.rawPayload).raw().toBuffer({ resolveWithObject: true });
  expect([...data]).toEqual([0, 0, 0, 0]);
  expect(house.log()).toContain('asset-refused');
  expect(house.log()).not.toContain('ada.jpg');
});

test('no other picture stands there, and none behind a link of another kind', async () => {
  const { props } = await pageOf();
  const path = pathOf(props.photo.asset);
  const other = assetName(asset('https://photos.example/bob.jpg'));
  for (const url of [
    path.replace(/asset-\w+/, `asset-${other}`),
    path.replace(/asset-\w+/, 'asset-'),
    path.replace(/asset-\w+/, 'asset-..%2f..%2fsecret'),
    path.replace('.webp', '.jpg'),
    path.replace(/\/i\/./, '/i/A'),
  ]) {
    expect([url, (await get(url)).statusCode]).toEqual([url, 404]);
  }
});

test('it goes with the person', async () => {
  const { person, props } = await pageOf();
  const { artefactKeys } = await eraseProfile(house.wire.db, person.id, { secret: house.wire.secret });
  await removeArtefacts(house.wire.store, artefactKeys);
  expect((await get(pathOf(props.photo.asset))).statusCode).toBe(404);
  expect(artefactKeys.filter((key) => key.startsWith('asset-of/'))).toHaveLength(2);
});
