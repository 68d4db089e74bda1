import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eraseProfile } from '../../../../src/adapters/postgres/erase-profile.ts';
import type { Profile } from '../../../../src/profile/profile.ts';
import { type House, openHouse } from '../open-house.ts';

let house: House;
let key: { authorization: string };
let person: Profile;

beforeAll(async () => {
  house = await openHouse();
  key = await house.key('renders');
});
afterAll(() => house.close());
beforeEach(async () => {
  person = await house.person();
  making(0);
});

const making = (progress: number) => {
  house.video.state = { state: 'making', key: 'video/x.mp4', progress, retryAfterSeconds: 5 };
};
const ready = () => {
  house.video.state = { state: 'ready', key: 'video/x.mp4', sizeBytes: 1 };
};
const post = (payload: object, headers: Record<string, string> = {}) =>
  house.app.inject({
    method: 'POST',
    url: '/v1/renders',
    headers: { ...key, ...headers },
    payload: { profileId: person.externalId, pack: 'statement', channels: ['video'], ...payload },
  });
const look = (url: string, headers: Record<string, string> = key) =>
  house.app.inject({ method: 'GET', url, headers });

describe('a film that is not there yet', () => {
  test('202 with a place to ask, which tells how far it is and starts nothing', async () => {
    const asked = await post({});
    const { id, links, video } = asked.json();
    expect(asked.statusCode).toBe(202);
    expect(asked.headers).toMatchObject({ location: `/v1/renders/${id}`, 'retry-after': '5' });
    expect(video).toEqual({
      state: 'making',
      format: '16:9',
      url: links.video,
      progress: 0,
      retryAfterSeconds: 5,
    });

    making(0.4);
    const { requests } = house.video;
    const job = await look(String(asked.headers.location));
    expect(job.statusCode).toBe(200);
    expect(job.headers).toMatchObject({ 'retry-after': '5', 'cache-control': 'private, no-store' });
    expect(job.json()).toEqual({ id, captions: links.captions, ...video, progress: 0.4 });
    expect(house.video.requests).toBe(requests);

    ready();
    const done = await look(String(asked.headers.location));
    expect(done.headers['retry-after']).toBeUndefined();
    expect(done.json()).toMatchObject({ state: 'ready', progress: 1, url: links.video });
  });

  test('the other channels are in the answer all the same', async () => {
    const asked = await post({ channels: ['email', 'site', 'video'] });
    expect(asked.statusCode).toBe(202);
    expect(asked.json().email.html).toContain(asked.json().links.site);
  });

  test('a replay answers the same, headers too; the job tells what became of it', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const first = await post({}, headers);
    ready();
    const again = await post({}, headers);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect([again.statusCode, again.headers.location, again.headers['retry-after']]).toEqual([
      202,
      first.headers.location,
      '5',
    ]);
    expect(again.json()).toEqual(first.json());
    expect((await look(String(again.headers.location))).json()).toMatchObject({ state: 'ready' });
  });

  test('one that failed says why', async () => {
    const { headers } = await post({});
    house.video.state = { state: 'failed', reason: 'Scene "usage" threw.', retryAfterSeconds: 60 };
    expect((await look(String(headers.location))).json()).toMatchObject({
      state: 'failed',
      progress: 0,
      reason: 'Scene "usage" threw.',
    });
  });
});

test('one that is there: 200 at once', async () => {
  ready();
  const { statusCode, headers, ...answer } = await post({});
  expect(statusCode).toBe(200);
  expect(headers['retry-after']).toBeUndefined();
  expect(answer.json().video).toMatchObject({ state: 'ready', progress: 1, url: answer.json().links.video });
});

describe('formats', () => {
  test('the one asked for is drawn, linked and told', async () => {
    const asked = await post({ format: '9:16', channels: ['video', 'poster'] });
    const { links, video } = asked.json();
    expect(house.video.format).toBe('9:16');
    expect(video).toMatchObject({ format: '9:16', url: links.video });
    expect([links.video, links.poster]).toEqual([
      expect.stringMatching(/\.mp4\?format=9:16$/),
      expect.stringMatching(/poster\.jpg\?format=9:16$/),
    ]);
    house.video.format = undefined;
    expect((await look(String(asked.headers.location))).json()).toMatchObject({ format: '9:16' });
    expect(house.video.format).toBe('9:16');
  });

  test('one that there is none of is refused before anything is kept', async () => {
    const answer = await post({ format: '21:9' });
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'request-invalid']);
    expect(answer.json().details.join()).toMatch(/16:9.*1:1.*9:16/);
  });
});

describe('nobody else may ask', () => {
  test('another key, an id that is none, and one of a render without a film: the same 404', async () => {
    const { location } = (await post({})).headers;
    const { id } = (await post({ channels: ['site'] })).json();
    const answers = await Promise.all([
      look(String(location), await house.key('renders')),
      look(`/v1/renders/${randomUUID()}`),
      look('/v1/renders/nonsense'),
      look(`/v1/renders/${id}`),
    ]);
    for (const answer of answers) {
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'render-missing']);
    }
  });

  test('no key, and a key for something else', async () => {
    const { location } = (await post({})).headers;
    expect((await look(String(location), {})).statusCode).toBe(401);
    expect((await look(String(location), await house.key('profiles'))).statusCode).toBe(403);
  });

  test('once the person is erased', async () => {
    const { location } = (await post({})).headers;
    await eraseProfile(house.wire.db, person.id, { secret: house.wire.secret });
    expect((await look(String(location))).statusCode).toBe(404);
  });
});

test('pictures and the double opt-in are linked, too', async () => {
  const offer = await post({ pack: 'offer', channels: ['site'] });
  expect(offer.json().links.pictures).toEqual({ offer: expect.stringContaining('/offer.jpg') });
  expect(offer.json().links.confirm).toBeNull();
});

test('the API describes it', async () => {
  const { paths } = (await look('/openapi.json')).json();
  const { post: asking } = paths['/v1/renders'];
  expect(Object.keys(asking.responses).sort()).toEqual(['200', '202', 'default']);
  expect(JSON.stringify(asking.requestBody)).toContain('"9:16"');
  expect(paths['/v1/renders/{id}'].get.security).toEqual([{ key: [] }]);
  expect(Object.keys(paths)).toContain('/v/{token}.mp4');
});
