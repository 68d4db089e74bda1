import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DearlyError } from '../../../../src/errors.ts';
import { pdfNoteKey } from '../../../../src/render/artefact-key.ts';
import { readPdfNote } from '../../../../src/run/pdf-note.ts';
import { readPdf } from '../../../support/read-pdf.ts';
import { browser, type House, openHouse } from '../open-house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

const get = (url: string, headers: Record<string, string> = browser, method: 'GET' | 'HEAD' = 'GET') =>
  house.app.inject({ method, url, headers });

const curl = { 'user-agent': 'curl/8.5.0' };

describe('the page as a document', () => {
  test('is made for a person, once, and is theirs alone', async () => {
    const person = await house.person();
    const { snapshot, links } = await house.links(person);
    const before = house.printed();

    const looks = [await get(links.pdf, curl), await get(links.pdf, browser, 'HEAD')];
    expect(looks.map((it) => it.statusCode)).toEqual([202, 202]);
    expect(looks[0]?.json()).toEqual({ state: 'absent', retryAfterSeconds: 3 });
    expect(looks[0]?.headers).toMatchObject({ 'retry-after': '3', 'cache-control': 'private, no-store' });
    expect(house.printed()).toBe(before);

    const [first, second] = await Promise.all([get(links.pdf), get(links.pdf)]);
    expect([first.statusCode, second.statusCode]).toEqual([200, 200]);
    expect(house.printed()).toBe(before + 1);
    expect(first.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'inline; filename="Deine Jahresabrechnung.pdf"',
      'content-language': 'de',
      'cache-control': 'private, no-store',
      'x-robots-tag': 'noindex, nofollow, noarchive',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    const pdf = await readPdf(first.rawPayload);
    const { total } = snapshot.view.cost as { total: string };
    expect(pdf.text).toContain(total.replace(/\s/g, ' '));
    expect(second.rawPayload.equals(first.rawPayload)).toBe(true);

    // What is there, a machine may have; a reader that fetches the rest asks for no second document.
    const again = await get(links.pdf, { ...curl, 'if-none-match': String(first.headers.etag) });
    expect(again.statusCode).toBe(304);
    const rest = await get(links.pdf, { ...browser, range: 'bytes=1000-1999' });
    expect(rest.statusCode).toBe(206);
    expect(house.printed()).toBe(before + 1);
    const people = (await house.events(snapshot.id)).filter((it) => !it.machine);
    expect(people).toEqual([
      { kind: 'download', machine: false, data: { what: 'pdf' } },
      { kind: 'download', machine: false, data: { what: 'pdf' } },
    ]);
  });

  test('is over with its link, and is not there where there is no page, or no such link', async () => {
    const person = await house.person();
    const { links: over } = await house.links(person, { expiresInMs: -1000 });
    const newcomer = await house.person({ facts: { newsletterRequestedAt: '2026-11-03T08:30:00Z' } });
    const { links: bare } = await house.links(newcomer, { pack: 'welcome' });
    const before = house.printed();
    const answers = [
      await get(over.pdf),
      await get(bare.pdf),
      await get('/p/forged.pdf'),
      await get(over.site.replace('/s/', '/p/').concat('.pdf')),
    ];
    expect(answers.map((it) => it.statusCode)).toEqual([410, 404, 404, 404]);
    expect(answers[2]?.payload).toBe(answers[3]?.payload);
    expect(house.printed()).toBe(before);
  });

  test('goes with its person, also one that was under way', async () => {
    const person = await house.person();
    const { snapshot, links } = await house.links(person);
    const { store } = house.wire;
    expect((await get(links.pdf)).statusCode).toBe(200);
    const key = (await readPdfNote(store, pdfNoteKey(snapshot.id))) ?? '';
    expect((await buffer(await store.read(key))).subarray(0, 5).toString()).toBe('%PDF-');

    const other = await house.person();
    const { snapshot: late, links: lateLinks } = await house.links(other);
    const before = house.printed();
    const rendering = get(lateLinks.pdf);
    await expect.poll(() => house.printed()).toBeGreaterThan(before);
    const authorization = await house.key('profiles');
    for (const { externalId } of [person, other]) {
      const answer = await house.app.inject({
        method: 'DELETE',
        url: `/v1/profiles/${externalId}`,
        headers: authorization,
      });
      expect(answer.statusCode).toBeLessThan(300);
    }
    const { statusCode } = await rendering;
    expect([200, 404]).toContain(statusCode);
    expect(await store.head(key)).toBeNull();
    for (const { id } of [snapshot, late]) expect(await store.head(pdfNoteKey(id))).toBeNull();
    expect((await get(links.pdf)).statusCode).toBe(404);
    expect((await get(lateLinks.pdf)).statusCode).toBe(404);
    await expect(house.parts.pdfs.get(late)).rejects.toThrow(DearlyError);
    expect(await house.parts.pdfs.peek(late)).toBeNull();
  });

  test('is made for a program that asks, and named in its answer', async () => {
    const authorization = await house.key('renders');
    const { externalId } = await house.person();
    const answer = await house.app.inject({
      method: 'POST',
      url: '/v1/renders',
      headers: authorization,
      payload: { profileId: externalId, pack: 'statement', channels: ['pdf'] },
    });
    expect(answer.statusCode).toBe(200);
    const { links, pdf } = answer.json();
    const { pathname } = new URL(links.pdf);
    const made = await get(pathname, curl);
    expect(made.statusCode).toBe(200);
    expect(made.rawPayload.byteLength).toBe(pdf.sizeBytes);
  });
});
