import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { loadComposition } from '../../../src/adapters/packs/load-composition.ts';
import { loadPack } from '../../../src/adapters/packs/load-pack.ts';
import { campaignSchema } from '../../../src/campaign/campaign.ts';
import type { Member } from '../../../src/decide/decide.ts';
import type { Storyboard } from '../../../src/merge/snapshot.ts';
import type { Profile } from '../../../src/profile/profile.ts';
import type { DrawVideoOptions } from '../../../src/run/video/draw-video.ts';
import { type PlanTools, planRender } from '../../../src/run/video/plan-render.ts';

const house = resolve('test/fixtures/small-house');
const pack = await loadPack(`${house}/templates`, 'hello');
const composition = await loadComposition(`${house}/compositions`, 'hello');
const campaign = campaignSchema.parse({
  name: 'hello',
  pack: 'hello',
  composition: 'hello',
  sender: 'studio',
});

function member(points: number | null, change: Partial<Profile> = {}, more: Partial<Member> = {}): Member {
  const id = randomUUID();
  const profile: Profile = {
    id,
    externalId: id,
    email: 'somebody@example.org',
    firstName: 'Ada',
    lastName: 'Lovelace',
    locale: 'en-GB',
    timeZone: 'Europe/London',
    consents: {},
    facts: points === null ? {} : { points },
    ...change,
  };
  return { profile, suppressed: [], variant: null, recentMessages: 0, ...more };
}

const filmOf = ({ scenes }: Storyboard) => scenes.map(({ props }) => JSON.stringify(props)).join();

/** All real but the database, whose pages are told, and the lane, which is a clock. */
function tools(pages: readonly (readonly Member[])[], kept: readonly string[] = []) {
  const drawn: string[] = [];
  const dropped: string[] = [];
  const unused = () => Promise.reject(new Error('not asked for'));
  const plan: PlanTools = {
    shelf: {
      pack: async () => pack,
      composition: async () => composition,
      packAt: unused,
      sender: unused,
      names: unused,
    },
    now: () => new Date('2026-01-01T00:00:00Z'),
    newId: randomUUID,
    audience: {
      count: async () => pages.flat().length,
      async *read() {
        yield* pages;
      },
    },
    drawnBy: async () => 'test',
    has: async (keys) => new Set(keys.filter((key) => kept.includes(key))),
    forget: async (storyboard) => void dropped.push(filmOf(storyboard)),
    async draw(storyboard, { onProgress }: DrawVideoOptions) {
      drawn.push(filmOf(storyboard));
      onProgress?.(1);
      return { sizeBytes: 1200, drawnFrames: drawn.length > 1 ? 0 : 12 };
    },
  };
  return { plan, drawn, dropped };
}

test('what is alike is counted once; who gets no film is counted by reason', async () => {
  const nobody = { email: null };
  const refused = { consents: { service: { granted: false, at: '2026-01-01T00:00:00Z', source: 'test' } } };
  const { plan } = tools([
    [member(1), member(1), member(2), member(3, nobody)],
    [member(null), member(4, refused), member(5, {}, { suppressed: ['*'] }), member(6, { email: 'ü@x.de' })],
  ]);
  const seen: number[] = [];
  const all = await planRender(campaign, { formats: [], onPeople: (done) => seen.push(done) }, plan);
  expect(all).toMatchObject({
    campaign: 'hello',
    people: 8,
    films: 3,
    skipped: {
      'no-address': 1,
      'incomplete-data': 1,
      'no-consent': 1,
      suppressed: 1,
      'bad-address': 1,
    },
    failed: {},
  });
  expect(all.formats).toMatchObject([
    {
      format: '16:9',
      frames: 36,
      distinctSegments: 3,
      distinctFrames: 18,
      framesToDraw: 18,
      keptFrames: 0,
      sharedShare: 0.5,
      scenes: [
        { id: 'opening', frames: 18, distinctSegments: 1, distinctFrames: 6 },
        { id: 'points', frames: 18, distinctSegments: 2, distinctFrames: 12 },
      ],
      expected: { filmBytes: 3600, segmentBytes: 1800 },
    },
  ]);
  expect(seen).toEqual([4, 8]);
});

test('every format asked for is a plan of its own, people are counted once', async () => {
  const { plan, drawn } = tools([[member(1), member(2)]]);
  const all = await planRender(campaign, { formats: ['9:16', '16:9'], framesPerSecond: 6 }, plan);
  expect([all.people, all.films]).toEqual([2, 2]);
  expect(all.formats.map(({ format, framesToDraw }) => [format, framesToDraw])).toEqual([
    ['9:16', 18],
    ['16:9', 18],
  ]);
  // 18 frames at 6 a second. Whoever tells the pace has nothing drawn, and learns nothing of sizes.
  expect(all.pace).toMatchObject({ framesPerSecond: 6, from: 'told' });
  expect(all.formats[0]?.expected).toEqual({ minutes: 0.05, filmBytes: null, segmentBytes: null });
  expect(drawn).toEqual([]);
});

test('one person whose data breaks the pack is counted, and ends nothing', async () => {
  const broken = { ...pack, contract: { ...contractOf(), present: () => ({ name: 1 }) as never } };
  const { plan } = tools([[member(1), member(2)]]);
  const all = await planRender(
    campaign,
    { formats: [] },
    { ...plan, shelf: { ...plan.shelf, pack: async () => broken } },
  );
  expect(all).toMatchObject({ people: 2, films: 0, pace: null, failed: { 'pack-invalid': { count: 2 } } });
  expect(all.formats[0]).toMatchObject({
    frames: 0,
    framesToDraw: 0,
    scenes: [],
    expected: { minutes: null, filmBytes: null, segmentBytes: null },
  });
});

test('a campaign without a film, and a format that its film does not have, are refused', async () => {
  const { plan } = tools([]);
  const { composition: _, ...filmless } = campaign;
  await expect(planRender(filmless, { formats: [] }, plan)).rejects.toMatchObject({
    code: 'campaign-invalid',
  });
  await expect(planRender(campaign, { formats: ['1:1'] }, plan)).rejects.toMatchObject({
    code: 'request-invalid',
    details: ['format: it has 16:9, 9:16'],
  });
});

test('nobody at all', async () => {
  const all = await planRender(campaign, { formats: [] }, tools([[]]).plan);
  expect(all).toMatchObject({
    people: 0,
    films: 0,
    pace: null,
    formats: [{ sharedShare: 0, expected: { minutes: null, filmBytes: null, segmentBytes: null } }],
  });
});

test('ends when told to', async () => {
  const { plan } = tools([[member(1)], [member(2)]]);
  const signal = AbortSignal.abort();
  await expect(planRender(campaign, { formats: [], signal }, plan)).rejects.toThrow();
});

function contractOf() {
  if (pack.contract === null) throw new Error('the pack has a contract');
  return pack.contract;
}

test('the film that tells the pace is dropped again, also when it cannot be drawn', async () => {
  const { plan, drawn, dropped } = tools([[member(1)]]);
  expect((await planRender(campaign, { formats: [] }, plan)).pace?.from).toBe('measured');
  // Drawn, and joined once more.
  expect(drawn).toHaveLength(2);
  expect(dropped).toEqual([drawn[0]]);
  const broken = { ...plan, draw: () => Promise.reject(new Error('no browser')) };
  await expect(planRender(campaign, { formats: [] }, broken)).rejects.toThrow('no browser');
  expect(dropped).toHaveLength(2);
});
