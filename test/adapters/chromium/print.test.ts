// Every shipped page on paper, printed by the real browser: same amounts, well formed for those who hear it, nothing asked of anybody.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { DomUtils, parseDocument } from 'htmlparser2';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  openStageBrowser,
  type StageBrowser,
} from '../../../src/adapters/chromium/fast-lane/open-stage-browser.ts';
import { createPrinter } from '../../../src/adapters/chromium/print/create-printer.ts';
import { loadPack } from '../../../src/adapters/packs/load-pack.ts';
import { loadSamples } from '../../../src/adapters/packs/load-samples.ts';
import { readSender } from '../../../src/adapters/packs/read-sender.ts';
import { mergeEmail } from '../../../src/merge/merge-email.ts';
import { mergePrint } from '../../../src/merge/print/merge-print.ts';
import type { Snapshot } from '../../../src/merge/snapshot.ts';
import { takeSnapshot } from '../../../src/merge/take-snapshot.ts';
import type { Json } from '../../../src/profile/profile.ts';
import type { PrintDocument, Printer } from '../../../src/render/printer.ts';
import type { CompiledPack } from '../../../src/template/compiled-pack.ts';
import { makeLinks } from '../../../src/track/make-links.ts';
import { composition, templates } from '../../merge/shown.ts';
import { readPdf } from '../../support/read-pdf.ts';
import { testBrowser } from '../../support/test-browser.ts';

const sender = await readSender(['examples/senders'], 'nordlicht');
const origins = { api: 'https://dearly.example', site: 'https://dearly.example' };
const browsers: StageBrowser[] = [];
let printer: Printer;
let picture: { readonly bytes: Uint8Array; readonly type: string };

beforeAll(async () => {
  const night = { width: 160, height: 90, channels: 3, background: '#0E1B33' } as const;
  picture = { bytes: await sharp({ create: night }).jpeg().toBuffer(), type: 'image/jpeg' };
  printer = createPrinter({
    browserPath: testBrowser,
    dataDir: resolve('.dearly/tests'),
    openBrowser: async (options) => {
      const browser = await openStageBrowser(options);
      browsers.push(browser);
      return browser;
    },
  });
});
afterAll(() => printer.close());

function snapshotFor(pack: CompiledPack, profile: Parameters<typeof takeSnapshot>[0]['profile']): Snapshot {
  return takeSnapshot({
    id: '0199a0f0-0000-7000-8000-000000000001',
    profile,
    pack,
    composition: pack.name === 'statement' ? composition : null,
    sender: 'nordlicht',
    variant: 'a',
    tracking: true,
    now: new Date('2026-11-04T23:30:00Z'),
  });
}

async function onPaper(snapshot: Snapshot, pack: CompiledPack) {
  const links = makeLinks(Buffer.from('a secret of thirty-two characters'), snapshot, origins);
  const page = mergePrint(snapshot, pack, { links, sender });
  const pdf = await readPdf(
    await printer.print({ ...page, files: new Map(page.pictures.map(({ path }) => [path, picture])) }),
  );
  return { links, page, pdf, email: mergeEmail(snapshot, pack, links, sender) };
}

const fold = (text: string) => text.replace(/\s+/g, ' ');

/** Strings of the view that hold a figure. */
function figuresOf(value: Json): string[] {
  if (typeof value === 'string') return /\d/.test(value) && !/^https?:/.test(value) ? [fold(value)] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(figuresOf);
}

describe.each(['statement', 'offer'])('%s', (name) => {
  test('says in every language what the email says, in the same figures', async () => {
    const pack = await loadPack(templates, name);
    for (const { profile } of await loadSamples(templates, name)) {
      const printed = pack.languages.map(async (lang) => {
        const locale = profile.locale.startsWith(lang) ? profile.locale : lang;
        const snapshot = snapshotFor(pack, { ...profile, locale });
        const { pdf, email, page, links } = await onPaper(snapshot, pack);
        const written = fold(email.text);
        const figures = figuresOf(snapshot.view).filter((it) => written.includes(it));
        expect(figures.length).toBeGreaterThan(name === 'statement' ? 12 : 1);
        for (const figure of figures) expect(pdf.text).toContain(figure);
        expect(pdf).toMatchObject({ isMarked: true, lang, size: [210, 297], active: [] });
        expect(pdf.pages).toBe(name === 'statement' ? 2 : 1);
        expect(pdf.title).toBe(`${pack.messages[lang]?.['page.title']} · ${sender.from.name}`);
        expect(pdf.outline).toEqual(headingsOf(page.html));
        expect(pdf.fonts.every((it) => it.startsWith('HankenGrotesk'))).toBe(true);
        expect(pdf.links).toContain(links.to.contact);
        expect(pdf.links.every((it) => it.startsWith(origins.site))).toBe(true);
        expect(pdf.roles.get('H1')).toBe(1);
        if (name === 'offer') return;
        expect(pdf.links).toContain(links.site);
        expect(pdf.alts).toContain((snapshot.view.video as { posterAlt: string }).posterAlt);
        expect(pdf.roles.get('Table')).toBe(2);
        // Each row of both tables says what it is about.
        expect(pdf.roles.get('TH')).toBe(5 + 3 + 12 + 1);
      });
      await Promise.all(printed);
    }
    expect(browsers.flatMap(({ refused }) => refused)).toEqual([]);
  });
});

/** In order, each with how deep it stands below the first. */
function headingsOf(html: string) {
  return [...html.matchAll(/<h([1-6])\b[^>]*>(.*?)<\/h\1>/gs)].map(([, level, words = '']) => ({
    depth: Number(level) - 1,
    title: plain(words),
  }));
}

function plain(html: string): string {
  return fold(DomUtils.textContent(parseDocument(html))).trim();
}

describe('the printer', () => {
  const page = (body: string, css = ''): PrintDocument => ({
    html: `<!doctype html><html lang="en"><head><title>T</title><link rel="stylesheet" href="page.css"></head><body>${body}</body></html>`,
    css,
    files: new Map(),
  });

  test('reaches nothing but what came with the document, whatever it holds', async () => {
    const asked: string[] = [];
    const outside = createServer(({ url = '' }, response) => {
      asked.push(url);
      response.end();
    });
    await new Promise<void>((listening) => outside.listen(0, '127.0.0.1', listening));
    const { port } = outside.address() as AddressInfo;
    const at = `http://127.0.0.1:${port}`;
    try {
      const hostile = page(
        `<img src="${at}/img"><iframe src="${at}/frame"></iframe><script>fetch('${at}/script')</script>
         <img src="/etc/passwd"><img src="file:///etc/passwd"><meta http-equiv="refresh" content="0;url=${at}/refresh">
         <p onclick="fetch('${at}/on')" style="background:url(${at}/style)">kept</p><noscript>quiet</noscript>`,
        `@import url(${at}/import); @font-face { font-family: F; src: url(${at}/font) } p { font-family: F; background: url(${at}/css) }`,
      );
      const pdf = await readPdf(await printer.print(hostile));
      expect(pdf.text).toContain('kept');
      // Scripts are off: what stands there for want of them is shown.
      expect(pdf.text).toContain('quiet');
      expect(pdf.active).toEqual([]);
      expect(asked).toEqual([]);
    } finally {
      outside.closeAllConnections();
      await new Promise((closed) => outside.close(closed));
    }
  });

  test('outlives its browser, and gives a document up that has come too late', async () => {
    const before = browsers.length;
    process.kill(-(browsers.at(-1)?.pid ?? 0), 'SIGKILL');
    const end = new AbortController();
    const late = printer.print(page('late'), AbortSignal.abort(new Error('gone')));
    await expect(late).rejects.toThrow('gone');
    const pdfs = await Promise.all(['one', 'two', 'three'].map((it) => printer.print(page(it), end.signal)));
    for (const [at, it] of ['one', 'two', 'three'].entries())
      expect((await readPdf(pdfs[at] ?? new Uint8Array())).text).toContain(it);
    expect(browsers.length).toBe(before + 1);
  });
});
