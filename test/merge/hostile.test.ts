import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { mergeEmail } from '../../src/merge/merge-email.ts';
import { mergePage } from '../../src/merge/merge-page.ts';
import { takeSnapshot } from '../../src/merge/take-snapshot.ts';
import { compilePack } from '../../src/template/compile-pack.ts';
import { defineContract } from '../../src/template/contract.ts';
import { testBrowser } from '../support/test-browser.ts';
import { composition, links, profileOf, sender } from './shown.ts';

/** Every context that a template may put data into, each with an id to find it by. */
const places = `<p id="text">{{word}}</p><p id="said">{{t "said" word=word}}</p><p id="rich">{{t "said.html" word=word}}</p>
<p id="either">{{default word "x"}}</p><p id="list">{{list words}}</p><i id="double" title="{{word}}">x</i>
<i id="single" title='{{word}}'>x</i><a id="link" href="{{url site}}">x</a><img id="picture" src="{{url site}}" alt="{{word}}">`;

const contract = defineContract({
  purpose: 'service',
  data: z.object({ word: z.string(), site: z.string() }),
  view: z.object({ word: z.string(), site: z.string(), words: z.array(z.string()) }),
  present: ({ data }) => ({ ...data, words: [data.word, 'x'] }),
});

const words = JSON.stringify({
  said: 'Wort: {word}.',
  'said.html': 'Wort: <b>{word}</b>.',
  'player.play': 'Los',
});
const files: Readonly<Record<string, string>> = {
  'messages/de.json': words,
  'subject.hbs': '{{word}}',
  'preheader.hbs': '{{word}}',
  'text.hbs': '[{{word}}] {{links.unsubscribe}}',
  'email.mjml': `<mjml lang="{{lang}}"><mj-head><mj-preview>{{preheader}}</mj-preview></mj-head><mj-body><mj-section><mj-column>
<mj-text>${places}<a href="{{links.unsubscribe}}">stop</a></mj-text>
<mj-image src="{{links.poster}}" alt="{{word}}" title="{{word}}" />
</mj-column></mj-section></mj-body></mjml>`,
  'site.hbs': `<main>${places}</main>`,
};
const pack = await compilePack({ name: 'hostile', files, contract });

const snapshotOf = (word: string, site: string) =>
  takeSnapshot({
    id: '0199a0f0-0000-7000-8000-000000000001',
    profile: profileOf({ facts: { word, site } }),
    pack,
    // A film that shows the word, so that the page's JSON holds it.
    composition: {
      ...composition,
      definition: {
        fps: 30,
        contract,
        formats: ['16:9'],
        title: () => 'Hostile',
        poster: { scene: 'one', frame: 0 },
        scenes: [
          {
            id: 'one',
            durationInFrames: 1,
            reads: (view: { word: string }) => ({ word: view.word }),
            chapter: () => 'x',
            caption: (view: { word: string }) => view.word,
          },
        ],
      },
    } as typeof composition,
    sender: 'nordlicht',
    variant: 'a',
    tracking: true,
    now: new Date('2025-11-04T12:00:00Z'),
  });

const hostile = {
  script: '"><script>window.hit = 1</script>',
  handler: `' onmouseover='window.hit = 1' x="`,
  picture: '<img src=x onerror="window.hit = 1">',
  mustache: '{{7*7}}{{{constructor.constructor}}}',
  icu: "{word, select, other {x}} '{' # <b>",
  style: '</style><style>* { display: none }',
  expression: 'red; background: url(javascript:window.hit=1); width: expression(window.hit=1)',
  comment: '--><!--[if mso]><b><![endif]-->',
  raw: '</title></textarea></p></td></table></mj-text>',
  address: 'javascript:window.hit=1',
  entity: '&lt;script&gt;&#60;&amp;',
  lines: 'Ada\r\nBcc: all@example.com\r\n\r\n<b>',
  control: 'A\u0000B\u0008C\u001b[31m',
  surrogates: 'A\ud800B\udfffC',
  bidi: '\u202egnp.exe\u202c \u2066x\u2069',
  separators: 'A\u2028B\u2029C',
  accents: `Z${'\u0301'.repeat(300)}`,
  long: `${'Ä<b>'.repeat(20_000)}`,
};

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: await testBrowser() });
  const context = await browser.newContext();
  // Nothing is fetched; what would be, is still in the document.
  await context.route('**/*', (route) => route.abort());
  page = await context.newPage();
}, 120_000);

afterAll(() => browser?.close());

describe.each(Object.entries(hostile))('%s', (_, word) => {
  const site = `https://a.example/${word}`;
  const snapshot = snapshotOf(word, site);
  const calm = snapshotOf('calm', 'https://a.example/calm');
  const shown = String(snapshot.view.word);
  const shownSite = String(snapshot.view.site);

  it('is text in the email, wherever it stands', async () => {
    const email = mergeEmail(snapshot, pack, links, sender);
    const seen = await look(email.html);
    expect(seen.structure).toEqual((await look(mergeEmail(calm, pack, links, sender).html)).structure);
    expect(seen).toMatchObject(everywhere(shown, shownSite));
    expect(seen.alts).toEqual([shown, shown]);
    expect(seen.isHit).toBe(false);
  });

  it('is text on the page and in its JSON', async () => {
    const assets = { scriptUrl: '/site.js', nonce: 'bm9uY2U=' };
    const html = mergePage(snapshot, pack, { links, sender, assets });
    const seen = await look(html);
    const still = await look(mergePage(calm, pack, { links, sender, assets }));
    expect(seen.structure).toEqual(still.structure);
    expect(seen).toMatchObject(everywhere(shown, shownSite));
    expect(seen.isHit).toBe(false);
    expect(JSON.parse(seen.json)).toMatchObject({
      storyboard: { scenes: [{ props: { word: shown }, caption: shown }] },
    });
  });

  it('is one line in subject and preheader, and itself in the text part', () => {
    const { subject, preheader, text } = mergeEmail(snapshot, pack, links, sender);
    for (const line of [subject, preheader]) {
      expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(line).toBe(shown.replace(/\s+/g, ' ').trim());
    }
    expect(text).toContain(`[${shown}]`);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}]/u);
  });
});

it.each([
  'javascript:alert(1)',
  ' JaVa\tScript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  '//a.example',
  'x',
  '',
])('no message goes out with a link to %j', (site) => {
  const snapshot = snapshotOf('x', site);
  for (const merge of [
    () => mergeEmail(snapshot, pack, links, sender),
    () => mergePage(snapshot, pack, { links, sender, assets: { scriptUrl: '', nonce: '' } }),
  ])
    expect(merge).toThrowError(expect.objectContaining({ code: 'data-incomplete' }));
});

it.each([
  '<p style="color:{{word}}">',
  '<p {{word}}>',
  '<p title={{word}}>',
  '<a href="{{word}}">',
  '<p onclick="{{word}}">',
  '{{{word}}}',
])('no pack loads that puts data where escaping does not hold: %s', async (place) => {
  const source = files['email.mjml']?.replace('<mj-text>', `<mj-text>${place}`) ?? '';
  await expect(
    compilePack({ name: 'x', files: { ...files, 'email.mjml': source }, contract }),
  ).rejects.toMatchObject({
    code: 'pack-invalid',
  });
});

function everywhere(word: string, site: string) {
  // A parser reads every line break as one; there is none left, but Unicode's own stay.
  return {
    text: word,
    said: `Wort: ${word}.`,
    rich: `Wort: ${word}.`,
    either: word,
    list: `${word} und x`,
    double: word,
    single: word,
    link: site,
    picture: site,
  };
}

/** What a browser makes of it: every element with its attributes' names, and what stands in each place. */
async function look(html: string) {
  await page.setContent(html, { waitUntil: 'commit' });
  await page.waitForFunction(() => document.readyState !== 'loading');
  return page.evaluate(() => {
    const text = (id: string) => document.getElementById(id)?.textContent;
    const attribute = (id: string, name: string) => document.getElementById(id)?.getAttribute(name);
    return {
      structure: [...document.querySelectorAll('*')].map(
        (it) => `${it.tagName} ${it.getAttributeNames().join(' ')}`,
      ),
      alts: [...document.querySelectorAll('img[alt]')].map((it) => it.getAttribute('alt')),
      text: text('text'),
      said: text('said'),
      rich: text('rich'),
      either: text('either'),
      list: text('list'),
      double: attribute('double', 'title'),
      single: attribute('single', 'title'),
      link: attribute('link', 'href'),
      picture: attribute('picture', 'src'),
      json: document.getElementById('dearly-page')?.textContent ?? '',
      isHit: 'hit' in window,
    };
  });
}
