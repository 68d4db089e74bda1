import { afterAll, beforeAll, expect, test } from 'vitest';
import { browser, type House, openHouse } from '../open-house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const get = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
  house.app.inject({ method, url, headers: { ...browser, ...headers } });

test('the film’s words as WebVTT, kept by the reader’s browser alone; a look counts and starts nothing', async () => {
  const { links, snapshot } = await house.links(await house.person({ consents: agreed() }));
  const answer = await get(links.captions);
  expect(answer.statusCode).toBe(200);
  expect(answer.headers).toMatchObject({
    'content-type': 'text/vtt; charset=utf-8',
    'content-language': snapshot.lang,
    'cache-control': 'private, max-age=86400',
    'x-robots-tag': expect.stringContaining('noindex'),
  });
  expect(answer.body.startsWith('WEBVTT\n')).toBe(true);
  expect(answer.body.match(/-->/g)?.length).toBeGreaterThanOrEqual(snapshot.storyboard?.scenes.length ?? 99);
  expect(await house.events(snapshot.id)).toEqual([]);
  expect(house.video.requests).toBe(0);

  const etag = String(answer.headers.etag);
  expect((await get(links.captions, { 'if-none-match': etag })).statusCode).toBe(304);
  const head = await get(links.captions, {}, 'HEAD');
  expect([head.statusCode, head.body, head.headers['content-type']]).toEqual([
    200,
    '',
    'text/vtt; charset=utf-8',
  ]);
});

test('hostile names are words, nothing more', async () => {
  const firstName = 'Eve<v Bob>&\n\n00:00:00.000 --> 00:00:09.000';
  const { links } = await house.links(await house.person({ firstName }));
  const { body } = await get(links.captions);
  expect(body).not.toMatch(/<v /);
  expect(body.match(/^\d\d:.* --> /gm)?.[1]).not.toContain('00:00:09.000');
});

test('the same refusals as every link: unknown 404, over 410, a message without a film 404', async () => {
  const person = await house.person();
  const over = await house.links(person, { expiresInMs: -1 });
  const filmless = await house.links(person, { pack: 'welcome' }).catch(() => null);
  const forged = over.links.captions.replace(/\/v\/./, (it) => (it.endsWith('A') ? '/v/B' : '/v/A'));
  expect((await get(over.links.captions)).statusCode).toBe(410);
  expect((await get(forged)).statusCode).toBe(404);
  expect((await get('/v/nonsense.vtt')).statusCode).toBe(404);
  if (filmless) expect((await get(filmless.links.captions)).statusCode).toBe(404);
});

test('the film itself still stands beside them', async () => {
  house.video.state = { state: 'making', key: 'video/x.mp4', progress: 0, retryAfterSeconds: 5 };
  const { links } = await house.links(await house.person());
  expect((await get(links.video)).statusCode).toBe(202);
});

function agreed() {
  return { tracking: { granted: true, at: '2025-01-01T00:00:00Z', source: 'test' } };
}
