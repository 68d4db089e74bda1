import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Storyboard } from '../../src/merge/snapshot.ts';
import { type Format, formats } from '../../src/template/composition.ts';
import { type OpenFilm, openFilmPage } from './open-film-page.ts';
import { readTexts } from './read-texts.ts';
import { offerStoryboard, sampleStoryboard } from './sample-storyboard.ts';

const everyFormat = Object.keys(formats) as Format[];
/** As the scenes' own margin, less what round letters may reach over. */
const margin = { '16:9': 80, '1:1': 78, '9:16': 56 } as const;

const names = {
  'of sixty letters': 'Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewis',
  'of many words': 'Maximiliana-Theodora Wilhelmine Friederike Antoinette Zoë Ida',
  'of the widest letters': 'W'.repeat(60),
  Arabic: 'عبدالرحمن مصطفى عبدالعزيز محمدالأمين عبدالقادر الحسيني البغدا',
  Hebrew: 'יהונתן־אלכסנדר בן־ציון אברהם יצחק יעקב ישראל מנחם מנדל שלמה',
  emoji: 'Mia 🌻🌈👩‍👩‍👧‍👦🏳️‍🌈🧑🏽‍🚀 Sonne',
  'of one letter': 'Ó',
} as const;

let film: OpenFilm;

beforeAll(async () => {
  film = await openFilmPage();
}, 180_000);

afterAll(async () => {
  await film?.close();
});

describe.each(everyFormat)('in %s', (format) => {
  test.each(Object.entries(names))('a name %s stands whole', async (_, firstName) => {
    const { storyboard } = await sampleStoryboard('ada-credit', { firstName });
    await film.open(storyboard, format);
    const texts = await lookAt(storyboard, 'greeting', format);
    expect(texts.map((it) => it.text).join(' ')).toContain(firstName);
    const { storyboard: offer } = await offerStoryboard('ada-fix', { firstName });
    await film.open(offer, format);
    const greeting = await lookAt(offer, 'greeting', format);
    expect(greeting.map((it) => it.text).join(' ')).toContain(firstName);
  });

  test.each([
    ['ada-fix', 'de-CH'],
    ['ada-fix', 'en-GB'],
    ['beatrice-solar', 'de-DE'],
    ['beatrice-solar', 'it-IT'],
    ['chiara-check', 'de-DE'],
    ['chiara-check', 'en-GB'],
  ] as const)('the offer of %s stands whole in every scene, in %s', async (sample, locale) => {
    const base = await offerStoryboard(sample);
    const readings = base.facts.readings.map(({ month, kwh }) => ({ month, kwh: kwh * 100 }));
    const { storyboard } = await offerStoryboard(sample, {
      locale,
      facts: { ...base.facts, readings, currency: 'CHF' },
    });
    await film.open(storyboard, format);
    for (const { id } of storyboard.scenes) await lookAt(storyboard, id, format);
  });

  test.each([
    ['huge', 'ada-credit', { currency: 'CHF', pricePerKwh: 9999, kwh: 999_999, locale: 'de-CH' }],
    ['large', 'beatrice-due', { pricePerKwh: 99.99, kwh: 12_345, locale: 'en-GB' }],
    ['tiny', 'chiara-credit', { pricePerKwh: 0.01, kwh: 0, locale: 'it-IT' }],
  ] as const)('%s amounts stand whole in every scene', async (_, sample, { kwh, locale, ...more }) => {
    const base = await sampleStoryboard(sample);
    const readings = base.facts.readings.map(({ month }, index) => ({ month, kwh: kwh + (index % 5) }));
    const { storyboard } = await sampleStoryboard(sample, {
      locale,
      facts: { ...base.facts, ...more, readings },
    });
    await film.open(storyboard, format);
    for (const { id } of storyboard.scenes) await lookAt(storyboard, id, format);
  });
});

/** The scene at rest: nothing cut off, nothing beyond the margin, nothing written over something else. */
async function lookAt(storyboard: Storyboard, id: string, format: Format) {
  const index = storyboard.scenes.findIndex((it) => it.id === id);
  const start = storyboard.scenes.slice(0, index).reduce((sum, it) => sum + it.durationInFrames, 0);
  const length = storyboard.scenes[index]?.durationInFrames ?? 0;
  await film.show(start + Math.floor(length * 0.7));
  const texts = await readTexts(film.page);
  const { width, height } = formats[format];
  const edge = margin[format];
  for (const it of texts) {
    const where = `${id}: ${it.text} ${JSON.stringify(it)}`;
    expect(it.isCut, where).toBe(false);
    expect(it.left, where).toBeGreaterThanOrEqual(edge);
    expect(it.right, where).toBeLessThanOrEqual(width - edge);
    expect(it.top, where).toBeGreaterThanOrEqual(edge / 2);
    expect(it.bottom, where).toBeLessThanOrEqual(height - edge / 2);
  }
  for (const [at, one] of texts.entries()) {
    for (const other of texts.slice(at + 1)) {
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      const low = Math.min(one.bottom - one.top, other.bottom - other.top);
      expect(across > 2 && down > low * 0.4, `${id}: "${one.text}" over "${other.text}"`).toBe(false);
    }
  }
  return texts;
}
