import { HtmlValidate } from 'html-validate';
import { describe, expect, it } from 'vitest';
import { mergePage } from '../../src/merge/merge-page.ts';
import { links, pack, profileOf, samples, sender, snapshotOf } from './shown.ts';

const assets = { scriptUrl: '/site/site.js', nonce: 'bm9uY2U=' };
const page = (profile = profileOf(), more = {}) =>
  mergePage(snapshotOf(profile), pack, { links, sender, assets, ...more });

const at = '2025-12-01T23:30:00.000Z';
const answers = {
  goal: { at, values: { goal: 'save' } },
  clear: { at, values: { score: 5 } },
  meter: { at, values: { reading: 48_999.5 } },
};

describe.each(samples)('$name', ({ profile }) => {
  const html = page(profile);
  const snapshot = snapshotOf(profile);

  it.each([{}, { answers }])('is sound HTML', async (more) => {
    const validator = new HtmlValidate({
      extends: ['html-validate:standard', 'html-validate:a11y'],
      rules: {
        'long-title': 'off',
        'no-inline-style': 'error',
        'require-sri': 'off',
        'no-trailing-whitespace': 'off',
      },
    });
    const report = await validator.validateString(page(profile, more));
    expect(report.results.flatMap((it) => it.messages.map((one) => `${one.line}: ${one.message}`))).toEqual(
      [],
    );
  });

  it('holds the figures, the film and the form', () => {
    const { cost } = snapshot.view as { cost: { total: string; balance: string } };
    expect(html).toContain(`<html lang="${snapshot.lang}" dir="ltr">`);
    expect(html).toContain(cost.total);
    expect(html).toContain(profile.firstName);
    expect(html).toMatch(/<dearly-video>\s*<a [^>]*mp4"><picture><source [^>]*poster[^>]*><img [^>]*poster/);
    expect(html).toContain(`method="post" action="${links.answer}#form-clear"`);
    expect(html).toContain('content="noindex, nofollow"');
    expect(dataOf(html)).toMatchObject({
      // What is said comes as sound, once it plays.
      storyboard: JSON.parse(JSON.stringify(snapshot.storyboard, withoutNarration)),
      answerUrl: links.answer,
      tracking: true,
    });
  });
});

it('reads back what was answered, on the day that it was to who answered; never what its form does not know', () => {
  const strange = { goal: 'constructor', tel: '0431', score: { a: 1 } };
  const html = page(undefined, {
    answers: { ...answers, goal: { at, values: strange }, gone: { at, values: {} } },
  });
  const days = html.match(/df-given-when">[^<]+/g)?.map((it) => it.replace(/\s/g, ' '));
  expect(days).toEqual(Array(3).fill('df-given-when">Beantwortet am 2. Dezember 2025'));
  expect(html).toContain('<strong>48.999,5</strong>');
  expect(dataOf(html)).toMatchObject({
    answers: { goal: {}, clear: { score: '5' }, meter: { reading: '48999,5' } },
  });
});

it('runs nothing that has no nonce', () => {
  const html = page();
  expect(html.match(/<(script|style)\b[^>]*>/g)).toHaveLength(3);
  for (const [tag] of html.matchAll(/<(script|style)\b[^>]*>/g))
    expect(tag).toContain('nonce="bm9uY2U&#x3D;"');
  expect(html).not.toMatch(/\sstyle=|\son[a-z]+=/);
});

it.each(['</script><script>alert(1)</script>', '<!--<script>', ']]>', 'A\u2028B', '&lt;/script&gt;'])(
  'cannot be broken out of by somebody called %j',
  (firstName) => {
    const html = page(profileOf({ firstName }));
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    expect(html).not.toContain('alert(1)</script><script>');
    expect(JSON.stringify(dataOf(html))).toContain(JSON.stringify(firstName).slice(1, -1));
  },
);

it('thanks instead of asking twice', () => {
  const html = page(profileOf(), { answered: 'clear' });
  expect(html).not.toContain('data-form="clear"');
  expect(html).toContain('Danke! Deine Antwort');
});

it('shows an old page from an old version that was only kept', () => {
  const old = mergePage(snapshotOf(), { ...pack, contract: null }, { links, sender, assets });
  expect(old).toBe(page());
});

function dataOf(html: string): unknown {
  const json = /<script type="application\/json" id="dearly-page"[^>]*>(.*?)<\/script>/s.exec(html)?.[1];
  return JSON.parse(json ?? '');
}

it('names no foreign picture, and leaves it out where none of our addresses stands for it', () => {
  const snapshot = snapshotOf();
  const [first, ...rest] = snapshot.storyboard?.scenes ?? [];
  if (!first || !snapshot.storyboard) throw new Error('no film');
  const photo = { asset: 'https://photos.example/ada.jpg', asOf: '2026-11-22' };
  const scenes = [{ ...first, props: { ...first.props, photo } }, ...rest];
  const film = { ...snapshot, storyboard: { ...snapshot.storyboard, scenes } };
  const parts = { links, sender, assets };
  for (const html of [
    mergePage(film, pack, parts),
    mergePage(film, pack, {
      ...parts,
      assetUrl: (name) => `https://dearly.example/i/token/asset-${name}.webp`,
    }),
  ]) {
    expect(html).not.toContain('photos.example');
  }
  expect(mergePage(film, pack, parts)).toContain('"photo":{"asset":null}');
});

function withoutNarration(key: string, value: unknown): unknown {
  return key === 'narration' ? undefined : value;
}
