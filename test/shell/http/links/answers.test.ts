import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eraseProfile } from '../../../../src/adapters/postgres/erase-profile.ts';
import type { Snapshot } from '../../../../src/merge/snapshot.ts';
import { buildServer } from '../../../../src/shell/http/server.ts';
import type { CompiledPack } from '../../../../src/template/compiled-pack.ts';
import type { Form } from '../../../../src/template/form.ts';
import { browser, type House, openHouse } from '../open-house.ts';

let house: House;
let app: House['app'];
beforeAll(async () => {
  house = await openHouse();
  // The statement's own form, and one that takes numbers and is worth something.
  const { packAt } = house.parts.shelf;
  const withMore = (pack: CompiledPack): CompiledPack => ({ ...pack, forms: { ...pack.forms, meter } });
  const shelf = {
    ...house.parts.shelf,
    packAt: async (...it: Parameters<typeof packAt>) => withWords(withMore(await packAt(...it))),
  };
  app = await buildServer({ ...house.parts, shelf });
});
afterAll(async () => {
  await app.close();
  await house.close();
});

const meter: Form = {
  name: 'meter',
  fact: 'meter',
  fields: [
    { name: 'reading', type: 'number', required: true, min: 100, step: 1 },
    { name: 'note', type: 'text' },
  ],
  conversion: { value: 25, currency: 'EUR' },
};
function withWords(pack: CompiledPack): CompiledPack {
  const all = Object.entries(pack.messages).map(([lang, words]) => [
    lang,
    { ...words, 'form.meter.thanks': 'Noted.' },
  ]);
  return { ...pack, messages: Object.fromEntries(all) };
}

const urlencoded = 'application/x-www-form-urlencoded';
const post = (url: string, payload: string | object) =>
  app.inject({
    method: 'POST',
    url,
    headers:
      typeof payload === 'string'
        ? { ...browser, 'content-type': urlencoded }
        : { ...browser, accept: '*/*' },
    payload,
  });
const factsOf = async (id: string) => (await house.wire.profiles.find(id))?.facts;
const countOf = async (kind: string, { id }: Snapshot) =>
  (await house.events(id)).filter((it) => it.kind === kind).length;

describe('without a script', () => {
  test('an answer becomes fact and event, and the page thanks', async () => {
    const person = await house.person();
    const { links, snapshot } = await house.links(person);
    const answer = await post(
      links.answer,
      `form=clear&submission=${randomUUID()}&score=4&comment=Why+so+much%3F`,
    );
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toMatch(/\/s\/[\w-]{46,}\?answered=clear#form-clear$/);
    const page = await app.inject({ url: String(answer.headers.location), headers: browser });
    expect(page.body).toMatch(/<p class="df-thanks" id="form-clear" role="status">Danke!/);
    expect(page.body).not.toContain('data-form="clear"');
    const facts = await factsOf(person.id);
    expect(facts?.clear).toEqual({
      score: 4,
      comment: 'Why so much?',
      pack: 'statement',
      at: expect.any(String),
    });
    expect(facts?.tariff).toBe(person.facts.tariff);
    expect(await house.events(snapshot.id)).toEqual([
      { kind: 'answer', machine: false, data: { form: 'clear', score: 4 } },
    ]);
  });

  test('what was chosen is read back, the latest of each form; what was written is not', async () => {
    const { links } = await house.links(await house.person({ locale: 'en-GB' }));
    const look = async () => (await app.inject({ url: links.site, headers: browser })).body;
    expect(await look()).not.toContain('df-given');
    await post(links.answer, 'form=goal&goal=green');
    await post(links.answer, 'form=clear&score=2&comment=secret');
    await post(links.answer, 'form=clear&score=4&comment=secret');
    await post(links.answer, 'form=callback&tel=%2B49431123456&when=evening');
    const html = await look();
    expect(html.match(/<p class="df-given-when">Answered on [^<]+<\/p>/g)).toHaveLength(3);
    expect(html).toContain('<strong>The climate</strong>');
    expect(html).toContain('<strong>4 / 5</strong>');
    expect(html).toMatch(/<summary>Change the answer<\/summary><form class="df-form" id="form-clear"/);
    expect(html).toMatch(/name="score" value="4" required checked/);
    expect(html).toContain(
      '"answers":{"goal":{"goal":"green"},"callback":{"when":"evening"},"clear":{"score":"4"}}',
    );
    expect(html).not.toMatch(/secret|49431/);
    const wrong = await post(links.answer, 'form=clear&score=9');
    expect(wrong.body).toMatch(
      /<details class="df-change" open><summary>[^<]+<\/summary><form class="df-form" id="form-clear"/,
    );
  });

  test('what is wrong comes back in its place, with what was sent', async () => {
    const person = await house.person({ locale: 'en-GB' });
    const { links, snapshot } = await house.links(person);
    const sent = new URLSearchParams({ form: 'clear', score: '9', comment: `<b>"${'x'.repeat(1001)}` });
    const page = await post(links.answer, sent.toString());
    expect(page.statusCode).toBe(422);
    expect(page.headers['content-security-policy']).toContain("script-src 'self' 'nonce-");
    expect(page.headers['cache-control']).toBe('private, no-store');
    expect(page.body).toContain('id="form-clear-score-error" role="alert">Please choose an answer.</p>');
    expect(page.body).toContain('role="alert">That is too long: there is room for 1,000 characters.</p>');
    expect(page.body).toMatch(/<fieldset class="df-field df-scale df-csat"[^>]* aria-invalid="true">/);
    expect(page.body).toMatch(/<textarea [^>]*aria-invalid="true">&lt;b&gt;&quot;xxx/);
    expect(page.body).toContain('<h1');
    expect(await house.events(snapshot.id)).toEqual([]);
    expect((await factsOf(person.id))?.clear).toBeUndefined();
  });

  test.for([
    '',
    'form=',
    'form=nothing&score=4',
    'form=constructor',
    'form=clear&form=clear&score=4',
    'form=clear&score=4&submission=x',
  ])('a form that says nothing we know changes nothing: %s', async (body) => {
    const person = await house.person();
    const { links } = await house.links(person);
    const answer = await post(links.answer, body);
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('<h1>');
    expect(await factsOf(person.id)).toEqual(person.facts);
  });
});

describe('by the page', () => {
  test('many at once are one answer; another one replaces it, and is no second conversion', async () => {
    const person = await house.person({ consents: { tracking: no } });
    const { links, snapshot } = await house.links(person);
    const send = (reading: unknown, submission: string) =>
      post(links.answer, { form: 'meter', submission, values: { reading, strange: 1 } });
    const one = randomUUID();
    const all = await Promise.all([
      ...Array.from({ length: 25 }, () => send('12.345', one)),
      post(links.answer, { form: 'clear', submission: one, values: { score: 5 } }),
    ]);
    expect(all.map((it) => it.statusCode)).toEqual(all.map(() => 200));
    expect(all[0]?.json()).toEqual({ thanks: 'Noted.' });
    expect(all[0]?.headers['cache-control']).toBe('private, no-store');
    const facts = await factsOf(person.id);
    expect(facts).toMatchObject({ ...person.facts, meter: { reading: 12345 }, clear: { score: 5 } });
    expect(facts?.meter).not.toHaveProperty('strange');
    expect([await countOf('answer', snapshot), await countOf('conversion', snapshot)]).toEqual([2, 1]);
    await send(12400, randomUUID());
    // The first one again, late: it was heard before.
    await send('12.345', one);
    expect((await factsOf(person.id))?.meter).toMatchObject({ reading: 12400 });
    expect(await house.events(snapshot.id)).toContainEqual({
      kind: 'conversion',
      machine: false,
      data: { form: 'meter', value: 25, currency: 'EUR' },
    });
    expect([await countOf('answer', snapshot), await countOf('conversion', snapshot)]).toEqual([3, 1]);
  });

  test('sentences in the language of the message, by field', async () => {
    const { links } = await house.links(await house.person({ locale: 'it-IT' }));
    const answer = await post(links.answer, {
      form: 'meter',
      submission: randomUUID(),
      values: { reading: '99', note: 'x'.repeat(201) },
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toEqual({
      errors: {
        reading: 'È troppo poco: almeno 100.',
        note: 'È troppo lungo: qui c’è posto per 200 caratteri.',
      },
    });
    const { body } = await app.inject({ url: links.site, headers: browser });
    const data = JSON.parse(/id="dearly-page"[^>]*>(.*?)<\/script>/s.exec(body)?.[1] ?? '');
    expect(data.forms.meter.form.fields[0]).toEqual({ ...meter.fields[0] });
    expect(data.forms.meter.wrong.reading.low).toBe('È troppo poco: almeno 100.');
    expect(data.asking).toEqual({
      today: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      locale: 'it-IT',
    });
  });

  test.for([
    { form: 'meter' },
    { form: 'nothing', submission: randomUUID(), values: {} },
    { form: ['meter'], submission: randomUUID(), values: {} },
    { form: 'meter', submission: 'x', values: {} },
  ])('refused: %j', async (body) => {
    const { links } = await house.links(await house.person());
    const answer = await post(links.answer, body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'request-invalid' });
  });

  test('what no database holds is left out; what would be a command anywhere else is a text', async () => {
    const person = await house.person();
    const { links } = await house.links(person);
    const comment = "\u0000a\ud800 \u0007<script>{{@root}}</script>\r\n'; drop table profiles; --";
    const values = { score: '5', comment, __proto__: { admin: true }, constructor: 1 };
    expect((await post(links.answer, { form: 'clear', submission: randomUUID(), values })).statusCode).toBe(
      200,
    );
    expect((await factsOf(person.id))?.clear).toEqual({
      score: 5,
      comment: "a\ufffd <script>{{@root}}</script>\n'; drop table profiles; --",
      pack: 'statement',
      at: expect.any(String),
    });
  });

  test('more than 64 KB is not read', async () => {
    const { links } = await house.links(await house.person());
    const values = { reading: 200, note: 'x'.repeat(70_000) };
    expect((await post(links.answer, { form: 'meter', values })).statusCode).toBe(413);
    expect((await post(links.answer, `form=meter&note=${values.note}`)).statusCode).toBe(413);
  });
});

describe('whose word it is', () => {
  const body = () => ({ form: 'clear', submission: randomUUID(), values: { score: 1 } });

  test('a link that is over, or leads to something else, takes no answer', async () => {
    const person = await house.person();
    const over = await house.links(person, { expiresInMs: -1 });
    const { links } = await house.links(person);
    expect((await post(over.links.answer, body())).statusCode).toBe(410);
    const [path] = links.answer.split(/\/a\//);
    for (const other of [links.site, links.poster.replace('/poster.jpg', ''), links.unsubscribe])
      expect((await post(`${path}/a/${other.split('/').at(-1)}`, body())).statusCode).toBe(404);
    expect((await factsOf(person.id))?.clear).toBeUndefined();
  });

  test('an answer is its link’s owner’s, whoever else is named; the erased have none', async () => {
    const [ada, eve] = [await house.person(), await house.person()];
    const [hers, eves] = [await house.links(ada), await house.links(eve)];
    const named = { ...body(), profile: ada.id, snapshot: hers.snapshot.id, profileId: ada.id };
    expect((await post(eves.links.answer, named)).statusCode).toBe(200);
    expect((await factsOf(ada.id))?.clear).toBeUndefined();
    expect((await factsOf(eve.id))?.clear).toMatchObject({ score: 1 });
    await eraseProfile(house.wire.db, eve.id, { secret: house.wire.secret });
    expect((await post(eves.links.answer, body())).statusCode).toBe(404);
    expect(await house.events(eves.snapshot.id)).toEqual([]);
  });
});

const no = { granted: false, at: '2026-01-01T00:00:00Z', source: 'import' };
