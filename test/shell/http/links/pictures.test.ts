import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eraseProfile } from '../../../../src/adapters/postgres/erase-profile.ts';
import { shownKeys } from '../../../../src/render/shown-keys.ts';
import { makePictures } from '../../../../src/run/make-picture.ts';
import { buildServer } from '../../../../src/shell/http/server.ts';
import { browser, type House, openHouse } from '../open-house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const get = (url: string, headers: Record<string, string> = browser) =>
  house.app.inject({ method: 'GET', url, headers });

test('a pack’s picture is drawn once, for mail programs and for the page', async () => {
  const { links, snapshot } = await house.links(await house.person(), { pack: 'offer' });
  const url = links.pictures.offer ?? '';
  const answers = await Promise.all([get(url), get(url)]);
  for (const answer of answers) {
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'private, max-age=86400, immutable',
    });
  }
  expect(await sharp(answers[0]?.rawPayload).metadata()).toMatchObject({ format: 'jpeg', width: 1200 });
  const etag = String(answers[0]?.headers.etag);
  expect((await get(url, { ...browser, 'if-none-match': etag })).statusCode).toBe(304);
  expect((await get(links.site)).body).toContain(url.replaceAll('=', '&#x3D;'));
  expect(Object.keys(snapshot.pictures ?? {})).toEqual(['offer']);
});

test('nothing else stands beside it', async () => {
  const { links } = await house.links(await house.person(), { pack: 'offer' });
  for (const name of [
    'poster.jpg',
    'other.jpg',
    'offer.png',
    'constructor.jpg',
    '__proto__.jpg',
    'OFFER.jpg',
  ]) {
    const url = (links.pictures.offer ?? '').replace('offer.jpg', name);
    expect([name, (await get(url)).statusCode]).toEqual([name, 404]);
  }
});

test('goes with the person it was drawn for', async () => {
  const person = await house.person();
  const { links } = await house.links(person, { pack: 'offer' });
  const answer = await get(links.pictures.offer ?? '');
  const { artefactKeys } = await eraseProfile(house.wire.db, person.id, { secret: house.wire.secret });
  const kept = await Promise.all(artefactKeys.map((key) => house.wire.store.head(key)));
  // A document may have been made as well; here it was not.
  expect(kept.flatMap((it) => it?.sizeBytes ?? [])).toEqual([answer.rawPayload.byteLength]);
  expect((await get(links.pictures.offer ?? '')).statusCode).toBe(404);
});

test('one that was drawn while its person was erased does not stay', async () => {
  const person = await house.person();
  const { links, snapshot } = await house.links(person, { pack: 'offer' });
  const { shelf, db, store } = house.wire;
  // Others above had the same offer, and the same picture of it.
  for (const key of shownKeys(snapshot)) await store.remove(key);
  const packAt: typeof shelf.packAt = async (...which) => {
    await eraseProfile(db, person.id, { secret: house.wire.secret });
    return await shelf.packAt(...which);
  };
  const app = await buildServer({ ...house.parts, pictures: makePictures({ store, shelf: { packAt } }) });
  try {
    expect((await app.inject({ url: links.pictures.offer ?? '', headers: browser })).statusCode).toBe(404);
    const kept = await Promise.all(shownKeys(snapshot).map((key) => store.head(key)));
    expect(kept.filter((it) => it !== null)).toEqual([]);
  } finally {
    await app.close();
  }
});
