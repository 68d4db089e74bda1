import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { loadPack } from '../../src/adapters/packs/load-pack.ts';
import { loadSamples } from '../../src/adapters/packs/load-samples.ts';
import { mergeEmail } from '../../src/merge/merge-email.ts';
import { mergePage } from '../../src/merge/merge-page.ts';
import { mergePicture } from '../../src/merge/merge-picture.ts';
import { takeSnapshot } from '../../src/merge/take-snapshot.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { drawPicture } from '../../src/render/picture.ts';
import { makeLinks } from '../../src/track/make-links.ts';
import { chooseOffer } from '../../templates/offer/choose-offer.ts';
import { data, view as viewSchema } from '../../templates/offer/contract.ts';
import { sender, templates } from '../merge/shown.ts';

const pack = await loadPack(templates, 'offer');
const samples = await loadSamples(templates, 'offer');
const secret = Buffer.alloc(32, 7);

function snapshotOf(profile: Profile) {
  return takeSnapshot({
    id: '0199a0f0-0000-7000-8000-000000000001',
    profile,
    pack,
    composition: null,
    sender: 'nordlicht',
    variant: 'a',
    tracking: true,
    now: new Date('2026-11-22T09:00:00Z'),
  });
}

const linksOf = (snapshot: ReturnType<typeof snapshotOf>) =>
  makeLinks(secret, snapshot, { api: 'https://d.example', site: 'https://d.example' });

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

describe.each(samples)('$name', ({ name, profile }) => {
  it.each(['de-DE', 'de-CH', 'en-GB', 'it-IT'])(
    'has an offer to make in %s, small enough to be shown whole',
    (locale) => {
      const snapshot = snapshotOf({ ...profile, locale });
      const view = viewSchema.parse(snapshot.view);
      for (const text of texts(view)) {
        expect(text).not.toBe('');
        expect(text).not.toMatch(/undefined|NaN|Infinity|\{|\}|Invalid/);
      }
      expect(name).toContain(view.offer.id);
      const links = linksOf(snapshot);
      const email = mergeEmail(snapshot, pack, links, sender);
      expect(Buffer.byteLength(email.html)).toBeLessThan(102 * 1024);
      expect(email.html).toContain(links.pictures.offer?.replaceAll('=', '&#x3D;'));
      expect(email.html.match(/<!--\[if /g)?.length).toBe(email.html.match(/<!\[endif\]/g)?.length);
      const assets = { scriptUrl: '/a.js', nonce: 'n' };
      const page = mergePage(snapshot, pack, { links, sender, assets });
      for (const part of [email.html, email.text, page]) {
        expect(part).toContain(view.offer.price);
        expect(part).toContain(view.offer.saving);
      }
    },
  );

  it('is drawn from the snapshot: the same picture each time, another for another year', async () => {
    const snapshot = snapshotOf(profile);
    const svg = mergePicture(snapshot, pack, 'offer');
    const picture = await drawPicture(svg);
    expect(await sharp(picture).metadata()).toMatchObject({ format: 'jpeg', width: 1200, height: 675 });
    expect(picture.byteLength).toBeLessThan(120_000);
    expect(snapshotOf(profile).pictures).toEqual(snapshot.pictures);
    const { readings } = data.parse(profile.facts);
    const [first, ...rest] = readings.toReversed();
    const other = [...rest.toReversed(), { month: first?.month ?? '', kwh: 900 }];
    const changed = snapshotOf({ ...profile, facts: { ...profile.facts, readings: other } });
    expect(changed.pictures?.offer).not.toBe(snapshot.pictures?.offer);
  });
});

describe('the choice', () => {
  const home = (changes: Record<string, unknown>, kwh = (_month: number) => 200) =>
    data.parse({
      tariff: 'Nordlicht Zuhause',
      currency: 'EUR',
      pricePerKwh: 30,
      previousPricePerKwh: 30,
      householdSize: 2,
      readings: Array.from({ length: 24 }, (_, index) => {
        const month = new Date(Date.UTC(2024, 10 + index, 1));
        return { month: month.toISOString().slice(0, 7), kwh: kwh(month.getUTCMonth()) };
      }),
      ...changes,
    });
  const winter = (month: number) => ([11, 0, 1].includes(month) ? 700 : month > 4 && month < 8 ? 150 : 400);

  it.each([
    [
      'four at home, by day, too',
      home({ householdSize: 4 }, () => 300),
      { id: 'solar', price: 49_900, saving: 12_100 },
    ],
    ['a price that rose', home({ pricePerKwh: 33 }), { id: 'fix', price: 32.01, saving: 2_400 }],
    [
      'a price that is fixed already',
      home({ pricePerKwh: 33, tariff: 'Nordlicht Fix 24' }),
      { id: 'check', reason: 'peak' },
    ],
    ['heating with electricity', home({}, winter), { id: 'check', reason: 'winter', saving: 11_300 }],
    [
      'more than others',
      home({ currency: 'CHF' }, () => 320),
      { id: 'check', reason: 'typical', price: 5_900 },
    ],
    ['nothing to remark', home({}), { id: 'check', reason: 'peak', saving: 3_600 }],
    ['nobody there yet', home({}, () => 0), { id: 'check', reason: 'new', saving: 0 }],
  ])('%s', (_, household, offer) => {
    expect(chooseOffer(household)).toMatchObject(offer);
  });

  it('promises no more than what was paid, in whole units, whoever lives there', () => {
    const anyHome = fc.record({
      pricePerKwh: fc.integer({ min: 1, max: 9_999 }).map((it) => it / 100),
      previousPricePerKwh: fc.integer({ min: 1, max: 9_999 }).map((it) => it / 100),
      householdSize: fc.integer({ min: 1, max: 12 }),
      kwh: fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 12, maxLength: 12 }),
    });
    fc.assert(
      fc.property(anyHome, ({ kwh, ...rest }) => {
        const household = home(rest, (month) => kwh[month] ?? 0);
        const { saving } = chooseOffer(household);
        expect(saving % 100).toBe(0);
        expect(saving).toBeGreaterThanOrEqual(0);
        const paid = kwh.reduce((sum, it) => sum + it, 0) * household.pricePerKwh;
        expect(saving).toBeLessThanOrEqual(paid + 50);
      }),
    );
  });

  it('has words for a home that used nothing', () => {
    const [sample] = samples;
    if (!sample) throw new Error('no samples');
    const facts = { ...sample.profile.facts, ...home({}, () => 0) } as unknown as Profile['facts'];
    const view = viewSchema.parse(snapshotOf({ ...sample.profile, firstName: '', facts }).view);
    expect(view.offer.saving).toBe('noch offen');
    expect(view.subject).toBe('Wo sparst du Strom? Wir schauen nach');
    expect(view.light.every((it) => it === 0.6)).toBe(true);
  });
});
