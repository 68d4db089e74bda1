import { describe, expect, it } from 'vitest';
import { makeSay } from '../../src/merge/format.ts';
import { compileFill } from '../../src/template/compile-fill.ts';
import { faultsWith } from './small-pack.ts';

const messages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  de: { bill: '{name}, {n, plural, one {# Tag} other {# Tage}}', 'rich.html': 'Hallo <b>{name}</b>' },
  en: { bill: '{name}, {n, plural, one {# day} other {# days}}', 'rich.html': 'Hello <b>{name}</b>' },
  it: { bill: '{name}, {n, plural, one {# giorno} other {# giorni}}', 'rich.html': 'Ciao <b>{name}</b>' },
  ar: { bill: '{name}، {n, plural, two {يومان} few {# أيام} other {# يومًا}}', 'rich.html': '<b>{name}</b>' },
};

/** As a snapshot of 5 November 2025 fills it; non-breaking spaces and apostrophes, which ICU's versions differ in, made one. */
function fill(
  source: string,
  data: Record<string, unknown> = {},
  locale = 'de-DE',
  timeZone = 'Europe/Berlin',
) {
  const lang = locale.slice(0, 2);
  const say = makeSay({ lang, locale, messages: messages[lang] ?? {}, timeZone, asOf: '2025-11-05' });
  return compileFill(source, { noEscape: false })(data, say)
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/(?<=\d)&#x27;(?=\d)/g, '’');
}

describe.each([
  [
    '{{money n "EUR"}}',
    { n: -123456 },
    { 'de-DE': '−1.234,56 €', 'en-GB': '−€1,234.56', 'it-IT': '−1234,56 €' },
  ],
  [
    '{{money n "CHF" signed=true whole=true}}',
    { n: 123400 },
    { 'de-CH': 'CHF +1’234', 'de-DE': '+1.234 CHF' },
  ],
  [
    '{{money n "EUR"}}',
    { n: -5 },
    {
      'he-IL': '\u200f\u200e−0.05 \u200f€',
      'pl-PL': '−0,05 €',
      'tr-TR': '−€0,05',
      'ar-EG': '\u061c−\u200f٠٫٠٥ €',
    },
  ],
  ['{{money n "JPY"}}', { n: -1234 }, { 'de-DE': '−1.234 ¥', 'pl-PL': '−1234 JPY' }],
  ['{{money n "KWD"}}', { n: 1234567 }, { 'de-DE': '1.234,567 KWD', 'en-GB': 'KWD 1,234.567' }],
  ['{{money n "EUR" signed=true}}', { n: -0 }, { 'de-DE': '0,00 €' }],
  ['{{number n}}', { n: 1e21 }, { 'de-DE': '1.000.000.000.000.000.000.000' }],
  ['{{percent n}}', { n: 0.5 }, { 'tr-TR': '%50', 'he-IL': '50%', 'ar-EG': '٥٠٪\u061c' }],
  [
    '{{plural n one="1" two="2" few="f" many="m" other="o"}}',
    { n: 22 },
    { 'pl-PL': 'f', 'he-IL': 'o', 'tr-TR': 'o', 'ar-EG': 'm' },
  ],
  ['{{number n digits=1}}', { n: 1234.56 }, { 'de-DE': '1.234,6', 'en-GB': '1,234.6', 'de-CH': '1’234.6' }],
  ['{{percent n signed=true}}', { n: -0.074 }, { 'de-DE': '−7 %', 'en-GB': '−7%', 'it-IT': '−7%' }],
  [
    '{{date d "day"}}',
    { d: '2025-11-02' },
    {
      'de-DE': '2. November 2025',
      'en-GB': '2 November 2025',
      'it-IT': '2 novembre 2025',
      'ar-EG': '٢ نوفمبر ٢٠٢٥',
    },
  ],
  [
    '{{relative d}}',
    { d: '2025-11-06' },
    { 'de-DE': 'morgen', 'en-GB': 'tomorrow', 'it-IT': 'domani', 'ar-EG': 'غدًا' },
  ],
  [
    '{{relative d}}',
    { d: '2025-10-15' },
    { 'de-DE': 'vor 3 Wochen', 'en-GB': '3 weeks ago', 'it-IT': '3 settimane fa' },
  ],
  ['{{relative d}}', { d: '2025-11-18' }, { 'de-DE': 'in 13 Tagen', 'pl-PL': 'za 13 dni' }],
  ['{{relative d}}', { d: '2026-01-03' }, { 'de-DE': 'in 8 Wochen', 'he-IL': 'בעוד 8 שבועות' }],
  // January is not "next month" to somebody in November.
  ['{{relative d}}', { d: '2026-01-04' }, { 'de-DE': 'in 2 Monaten', 'tr-TR': '2 ay sonra' }],
  ['{{relative d}}', { d: '2026-03-05' }, { 'de-DE': 'in 4 Monaten', 'en-GB': 'in 4 months' }],
  ['{{relative d}}', { d: '2026-03-04' }, { 'de-DE': 'in 3 Monaten' }],
  // Nor is a year from now "this year".
  ['{{relative d}}', { d: '2026-11-05' }, { 'de-DE': 'in 12 Monaten', 'pl-PL': 'za 12 miesięcy' }],
  ['{{relative d}}', { d: '2024-11-05' }, { 'de-DE': 'vor 12 Monaten', 'ar-EG': 'قبل ١٢ شهرًا' }],
  ['{{relative d}}', { d: '2027-11-05' }, { 'de-DE': 'in 2 Jahren', 'pl-PL': 'za 2 lata' }],
  ['{{relative d}}', { d: '2023-01-01' }, { 'de-DE': 'vor 2 Jahren', 'en-GB': '2 years ago' }],
  ['{{plural n one="Tag" other="Tage"}}', { n: 1 }, { 'de-DE': 'Tag', 'en-GB': 'Tag' }],
  ['{{plural n two="يومان" few="أيام" other="يومًا"}}', { n: 2 }, { 'ar-EG': 'يومان', 'de-DE': 'يومًا' }],
  [
    '{{list l}}',
    { l: ['A', 'B', 'C'] },
    { 'de-DE': 'A, B und C', 'en-GB': 'A, B and C', 'it-IT': 'A, B e C', 'ar-EG': 'A وB وC' },
  ],
  ['{{list l type="or"}}', { l: ['A', 'B'] }, { 'de-DE': 'A oder B', 'en-GB': 'A or B', 'it-IT': 'A o B' }],
  [
    '{{t "bill" name=a n=3}}',
    { a: 'Ö' },
    { 'de-DE': 'Ö, 3 Tage', 'en-GB': 'Ö, 3 days', 'it-IT': 'Ö, 3 giorni', 'ar-EG': 'Ö، ٣ أيام' },
  ],
])('%s of %j', (source, data, expected) => {
  it.each(Object.entries(expected))('in %s is %s', (locale, text) => {
    expect(fill(source, data, locale)).toBe(text);
  });
});

it.each([
  ['{{#if (and (gt n 1) (not (eq a "x")))}}yes{{/if}}', { n: 2, a: 'y' }, 'yes'],
  ['{{#if (or no list)}}yes{{else}}none{{/if}}', { no: 0, list: [] }, 'none'],
  ['{{default nick "friend"}}', { nick: '' }, 'friend'],
  ['{{default nick "friend"}}', {}, 'friend'],
  ['{{default n 7}}', { n: 0 }, '0'],
  ['{{default n 7}}', { n: false }, 'false'],
  ['{{scale share 120}}', { share: 0.5 }, '60'],
  ['{{url a}}', { a: 'https://a.example/?x=1&y="' }, 'https://a.example/?x&#x3D;1&amp;y&#x3D;&quot;'],
  ['{{list l}}', { l: [] }, ''],
  ['{{list l}}', { l: ['<b>', 1] }, '&lt;b&gt; und 1'],
])('%s of %j is %s', (source, data, text) => {
  expect(fill(source, data)).toBe(text);
});

it('dates a moment by the calendar of the person', () => {
  const moment = { at: '2025-11-05T23:30:00Z' };
  expect(fill('{{date at "day"}}, {{relative at}}', moment, 'de-DE', 'Europe/Berlin')).toBe(
    '6. November 2025, morgen',
  );
  expect(fill('{{date at "day"}}, {{relative at}}', moment, 'de-DE', 'America/New_York')).toBe(
    '5. November 2025, heute',
  );
});

it.each([
  ['{{money n "EUR"}}', { n: null }],
  ['{{number n}}', { n: '12' }],
  ['{{number n}}', { n: Number.POSITIVE_INFINITY }],
  ['{{money 1 n}}', { n: 'EURO' }],
  ['{{money 1 n}}', { n: null }],
  ['{{scale n 100}}', { n: null }],
  ['{{list n}}', { n: ['x', null] }],
  ['{{date n "day"}}', { n: '05.11.2025' }],
  ['{{date n "day"}}', { n: '2025-02-30' }],
  ['{{date n "day"}}', { n: '2025-11-05T10:00:00' }],
  ['{{percent n}}', { n: Number.NaN }],
  ['{{plural n other="x"}}', {}],
  ['{{date n "day"}}', { n: 'soon' }],
  ['{{relative n}}', { n: 5 }],
  ['{{url n}}', { n: 'javascript:alert(1)' }],
])('%s shows nobody a gap in the data such as %j', (source, data) => {
  expect(() => fill(source, data)).toThrowError(expect.objectContaining({ code: 'data-incomplete' }));
});

describe('a rich message', () => {
  it('brings its own HTML, and never its argument’s', () => {
    expect(fill('{{t "rich.html" name=a}}', { a: '<i onclick="x">&' })).toBe(
      'Hallo <b>&lt;i onclick&#x3D;&quot;x&quot;&gt;&amp;</b>',
    );
    expect(fill('{{t "rich.html" name=(t "rich.html" name=a)}}', { a: '<' })).toBe(
      'Hallo <b>Hallo &lt;b&gt;&amp;lt;&lt;/b&gt;</b>',
    );
    expect(fill('{{t "bill" name=(t "rich.html" name=a) n=1}}', { a: 'x' })).toContain(
      '&lt;b&gt;x&lt;/b&gt;',
    );
  });

  it.each([
    ['<script>x</script>', 'only a, b,'],
    ['<b onclick="x">y</b>', 'onclick="…" is not for messages'],
    ['<a href="javascript:x">y</a>', 'href="…" wants https, mailto or tel'],
    ['<a href="{name}">y</a>', 'only a, b,'],
    ['<a href="https://a.example/{name}">y</a>', 'without arguments in them'],
    ['<b>y', '<b> is not closed'],
    ['<b>{n, select, a {x</b>} other {y}}', 'is not closed'],
    ['y</i>', '</i> closes what is not open'],
    ['1 < 2', 'only a, b,'],
    ['<!-- x -->', 'only a, b,'],
  ])('%s is refused at load', async (text, fault) => {
    const bad = JSON.stringify({ hello: 'Hallo {name}', bye: 'Tschüss', 'x.html': text });
    const faults = await faultsWith({ 'messages/de.json': bad, 'messages/en.json': bad });
    expect(faults.join('\n')).toMatch(/^messages\/de\.json(:\d+)?: "x\.html": /);
    expect(faults.join('\n')).toContain(fault);
  });

  it('has no place in an attribute, a subject or a text', async () => {
    const words = JSON.stringify({
      hello: 'Hallo {name}',
      bye: 'Tschüss',
      'x.html': '<b>x</b> <a href="https://a.example/">y</a><br>',
    });
    const files = { 'messages/de.json': words, 'messages/en.json': words };
    expect(await faultsWith({ ...files, 'site.hbs': '<p>{{t "x.html"}}</p>' })).toEqual([]);
    for (const [file, source] of [
      ['site.hbs', '<p title="{{t "x.html"}}">'],
      ['subject.hbs', '{{t "x.html"}}'],
      ['text.hbs', '{{t "x.html"}}'],
    ] as const)
      expect((await faultsWith({ ...files, [file]: source })).join('\n')).toContain(
        'a message with HTML in it',
      );
  });
});
