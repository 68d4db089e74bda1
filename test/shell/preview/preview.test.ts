import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listPacks } from '../../../src/adapters/packs/load-pack.ts';
import { loadSamples } from '../../../src/adapters/packs/load-samples.ts';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { findProfileByEither } from '../../../src/adapters/postgres/find-profile.ts';
import { upsertProfiles } from '../../../src/adapters/postgres/upsert-profiles.ts';
import ada from '../../../templates/statement/samples/ada-credit.json' with { type: 'json' };
import { testDatabase } from '../../support/database.ts';
import { type OpenPreview, openPreview } from './open-preview.ts';

let made: Awaited<ReturnType<typeof testDatabase>>;
let db: Database;
let preview: OpenPreview;
let lookUps = 0;

beforeAll(async () => {
  made = await testDatabase();
  db = openDatabase(made.url);
  await upsertProfiles(db, [{ ...ada, externalId: 'T-1', firstName: 'Odile' }]);
  preview = await openPreview((key) => {
    lookUps++;
    return findProfileByEither(db, key);
  });
});
afterAll(async () => {
  await preview?.close();
  await db?.destroy();
  await made?.drop();
});

const get = async (path: string) => {
  const response = await fetch(`${preview.url}${path}`);
  return { status: response.status, headers: response.headers, text: await response.text() };
};

const unescaped = (href = '') => href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');

test('every pack, sample and language is shown, with the person`s name, without the database', async () => {
  let shown = 0;
  for (const pack of await listPacks('templates')) {
    for (const { name, profile } of await loadSamples('templates', pack)) {
      for (const lang of ['de', 'en', 'it']) {
        const query = `?pack=${pack}&sample=${name}&lang=${lang}`;
        const studio = await get(`/${query}`);
        expect(studio.status, query).toBe(200);
        expect(studio.text).toContain(`aria-current="page"><span>${profile.firstName}`);
        expect(studio.text).not.toContain('class="complaint"');
        const email = await get(`/frame/email${query}`);
        expect(email.status, query).toBe(200);
        expect(email.text).toContain(profile.firstName);
        expect(email.text).toMatch(new RegExp(`<html[^>]* lang="${lang}"`));
        shown++;
      }
    }
  }
  expect(shown).toBeGreaterThanOrEqual(9);
  expect(lookUps).toBe(0);
});

test('a language override changes words and formats', async () => {
  const { text } = await get('/frame/email?pack=statement&sample=ada-credit&lang=en');
  expect(text).toContain('€122.37');
  const own = await get('/frame/email?pack=statement&sample=ada-credit');
  expect(own.text).toMatch(/122,37.€/);
});

test('a variant’s subject can be looked at, with its preheader', async () => {
  const query = '?pack=statement&sample=ada-credit&lang=en';
  expect((await get(`/${query}`)).text).toContain('<strong>Ada, you get');
  const { text } = await get(`/${query}&subject=why`);
  expect(text).toContain('<strong>Ada, what made your electricity cost less</strong>');
  expect(text).toContain('<option selected>why</option>');
  expect((await get(`/frame/email${query}&subject=why`)).text).toContain('Your electricity cost');
  expect((await get(`/${query}&subject=unknown`)).text).toContain('<strong>Ada, you get');
});

test('a campaign’s variant can be looked at whole: subject, blocks and scenes', async () => {
  const offer = '?pack=offer&sample=ada-fix&lang=en';
  const { text } = await get(`/${offer}`);
  const href = /id="variant-monthly-offer-reasons-first"[^>]* href="([^"]+)"/.exec(text)?.[1];
  const query = unescaped(href);
  expect((await get(query)).text).toMatch(/reasons-first" class="choice"[^>]* aria-current="true"/);
  const email = (await get(query.replace('/?', '/frame/email?'))).text;
  expect(email.indexOf('Why you?')).toBeLessThan(email.indexOf('Nordlicht Fix 24'));
  expect(email).not.toContain('What it does for you');
  expect((await get(`${query}&view=checks`)).text).toContain('5 scenes');
  const wrong = await get(`/${offer}&blocks=whi`);
  expect(wrong.text).toContain('blocks: &quot;whi&quot; is none; there are offer, why, benefits');
});

test('with its gate: the mail keeps the figures back, the page asks before it shows them', async () => {
  const query = '?pack=statement&sample=ada-credit&lang=en&gate=1';
  expect((await get(`/frame/email${query}`)).text).not.toContain('122.37');
  const asked = await get(`/frame/page${query}`);
  expect(asked.text).toContain('What is your postcode?');
  expect(asked.text).not.toContain('122.37');
  const action = unescaped(/<form method="post" action="([^"]+)"/.exec(asked.text)?.[1]);
  const opened = await fetch(action, { method: 'POST', body: new URLSearchParams({ answer: '1' }) });
  expect(await opened.text()).toContain('122.37');
});

test('the page is there as a PDF', async () => {
  const { headers, text } = await get('/page.pdf?pack=offer&sample=ada-fix&lang=en');
  expect(headers.get('content-type')).toBe('application/pdf');
  expect(text).toMatch(/^%PDF-/);
});

test('the page stands under a policy of its own, with the live player', async () => {
  const { status, headers, text } = await get('/frame/page?pack=statement&sample=ada-credit');
  expect(status).toBe(200);
  expect(text).toContain('<dearly-video');
  const policy = headers.get('content-security-policy');
  expect(policy).toContain('sandbox allow-scripts allow-forms');
  expect(policy).not.toContain('allow-same-origin');
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(text)?.[1] ?? '';
  const asset = await get(script);
  expect(asset.headers.get('access-control-allow-origin')).toBe('*');
});

test('text, source and checks are there to read', async () => {
  const at = '/?pack=statement&sample=ada-credit';
  expect((await get(`${at}&view=text`)).text).toContain('Hallo Ada, dein Stromjahr ist da.');
  const source = (await get(`${at}&view=source`)).text;
  expect(source).toContain('&lt;<i class="n">table</i>');
  expect((await get(`${at}&view=checks`)).text).toMatch(/\d+\.\d KB; Gmail clips at 102/);
});

describe('somebody of the database', () => {
  test.each(['T-1', 'their uuid'])('by %s', async (key) => {
    const profile = await findProfileByEither(db, 'T-1');
    const id = key === 'T-1' ? key : profile?.id;
    const studio = await get(`/?pack=statement&profile=${id}`);
    expect(studio.text).toContain('>Odile ');
    expect((await get(`/frame/email?pack=statement&profile=${id}&lang=it`)).text).toContain('Ciao Odile');
  });

  test('whom nobody knows is said, not thrown', async () => {
    const { status, text } = await get('/?pack=statement&profile=T-0');
    expect(status).toBe(200);
    expect(text).toContain('Nobody is known by T-0.');
  });
});

test('nothing in a preview leads anywhere', async () => {
  const { text } = await get('/frame/email?pack=statement&sample=ada-credit');
  const addresses = [...text.matchAll(/<a\b[^>]*\shref="([^"]*)"/g)].map(([, href = '']) => href);
  expect(addresses.length).toBeGreaterThan(3);
  for (const address of addresses) expect(address).toMatch(new RegExp(`^${preview.url}/note/`));
  const note = await get(new URL(addresses.at(-1) ?? '').pathname);
  expect(note).toMatchObject({ status: 200 });
  expect(note.text).toContain('Leads to');
});

test('answers to no other name', async () => {
  const { port } = new URL(preview.url);
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, headers: { host: `studio.example:${port}` } }, (it) => {
      it.resume();
      resolve(it.statusCode);
    });
    asked.on('error', reject).end();
  });
  expect(status).toBe(403);
});

test('what is not understood in an address falls back', async () => {
  expect((await get('/?view=nonsense&device=&scheme=mauve&lang=<script>')).status).toBe(200);
  expect((await get('/?pack=nowhere')).text).toContain('There is no pack &quot;nowhere&quot;');
});
