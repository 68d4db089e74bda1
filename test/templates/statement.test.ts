import { describe, expect, it } from 'vitest';
import { view as viewSchema } from '../../templates/statement/contract.ts';
import { samples, snapshotOf } from '../merge/shown.ts';

const locales = ['de-DE', 'de-AT', 'de-CH', 'en-GB', 'it-IT', 'it-CH'];

describe.each(samples)('$name', ({ profile }) => {
  it.each(locales)('has something to say in %s', (locale) => {
    const snapshot = snapshotOf({ ...profile, locale });
    const view = viewSchema.parse(snapshot.view);
    expect(view.greeting).toContain(profile.firstName);
    expect(snapshot.lang).toBe(locale.slice(0, 2));
    for (const text of texts(view)) {
      expect(text).not.toBe('');
      expect(text).not.toMatch(/undefined|NaN|Infinity|\{|\}|Invalid/);
      expect(text, 'a hyphen is no minus').not.toMatch(/(^|\s)-\d/);
    }
  });
});

it('speaks German to those whose language it lacks, without mixing formats', () => {
  const [first] = samples;
  if (!first) throw new Error('no samples');
  const { lang, locale, view } = snapshotOf({ ...first.profile, locale: 'fr-FR' });
  expect({ lang, locale }).toEqual({ lang: 'de', locale: 'de' });
  expect(viewSchema.parse(view).cost.total).toBe('981,63\u00a0€');
});

it('greets somebody without a first name without a gap', () => {
  const [first] = samples;
  if (!first) throw new Error('no samples');
  const view = viewSchema.parse(snapshotOf({ ...first.profile, firstName: ' ' }).view);
  expect(view.greeting).toBe('Hallo');
  expect(view.subject).toBe('Du bekommst 122,37\u00a0€ zurück');
});

it('has words for a home that used nothing, and for one that never did', () => {
  const [first] = samples;
  if (!first) throw new Error('no samples');
  const quiet = Array.from({ length: 24 }, (_, index) => ({ month: monthAt(index), kwh: 0 }));
  const view = viewSchema.parse(
    snapshotOf({ ...first.profile, facts: { ...first.profile.facts, readings: quiet } }).view,
  );
  expect(view.usage.sentence).toBe('Du hast 0\u00a0kWh Strom gebraucht.');
  expect(view.usage.change).toBe('–');
  expect(view.usage.months.every((it) => it.share === 0)).toBe(true);
  for (const text of texts(view)) expect(text).not.toMatch(/NaN|Infinity/);
});

function monthAt(index: number): string {
  return new Date(Date.UTC(2023, 10 + index, 1)).toISOString().slice(0, 7);
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}
