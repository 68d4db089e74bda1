import { expect, it } from 'vitest';
import { makeSay } from '../../src/merge/format.ts';

const messages = { hello: 'Hallo {name}', days: '{n, plural, one {# Tag} other {# Tage}}' };
const say = (locale: string, lang = locale.slice(0, 2)) =>
  makeSay({ lang, locale, messages, timeZone: 'Europe/Berlin' });
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

it.each([
  ['de-DE', 123_456, 'EUR', '1.234,56 €'],
  ['de-DE', -5620, 'EUR', '−56,20 €'],
  ['de-AT', -5620, 'EUR', '−€ 56,20'],
  ['de-CH', 123_456, 'CHF', 'CHF 1’234.56'],
  ['de-CH', -5620, 'CHF', 'CHF −56.20'],
  ['en-GB', -5620, 'GBP', '−£56.20'],
  ['it-IT', 5620, 'EUR', '56,20 €'],
  ['ja-JP', 5620, 'JPY', '￥5,620'],
])('%s writes %d minor units of %s as %s', (locale, minor, currency, expected) => {
  const text = plain(say(locale).money(minor, currency)).replace("'", '’');
  expect(text).toBe(expected);
  expect(text).not.toContain('-');
});

it('signs what is asked to be signed, and never zero', () => {
  const { money, percent, number } = say('de-DE');
  expect(plain(money(5620, 'EUR', { signed: true }))).toBe('+56,20 €');
  expect(plain(money(0, 'EUR', { signed: true }))).toBe('0,00 €');
  expect(plain(money(4600, 'EUR', { whole: true }))).toBe('46 €');
  expect(plain(percent(-0.07, { signed: true }))).toBe('−7 %');
  expect(number(2.71849, { digits: 2 })).toBe('2,72');
});

it('keeps amounts on one line', () => {
  expect(say('de-DE').money(100, 'EUR')).toBe('1,00\u00a0€');
});

it('shows days and months as they are, moments in the time zone', () => {
  const { date } = say('de-DE');
  expect(date('2025-11-02', 'day')).toBe('2.\u00a0November\u00a02025');
  expect(date('2025-11', 'monthYear')).toBe('November 2025');
  expect(date('2025-11', 'monthShort')).toBe('Nov');
  expect(date('2025-10-31T23:30:00Z', 'day')).toBe('1.\u00a0November\u00a02025');
  expect(say('de-AT').date('2025-01', 'month')).toBe('Jänner');
});

it('fills messages without reading what it fills in', () => {
  expect(say('de-DE').t('hello', { name: '<b>{x}</b>' })).toBe('Hallo <b>{x}</b>');
  expect(say('de-DE').t('days', { n: 2 })).toBe('2 Tage');
});

it('does not make words up', () => {
  expect(() => say('de-DE').t('toString')).toThrowError(expect.objectContaining({ code: 'pack-invalid' }));
});
