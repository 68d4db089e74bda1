import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eraseProfile } from '../../../../src/adapters/postgres/erase-profile.ts';
import { exportProfile } from '../../../../src/adapters/postgres/export-profile.ts';
import { chatChore } from '../../../../src/run/chat/pass-on-due.ts';
import { type Bot, startBot } from '../../../examples/start-bot.ts';
import { browser, type House, openHouse } from '../open-house.ts';

const no = { granted: false, at: '2026-01-01T00:00:00Z', source: 'import' };
let house: House;
let bot: Bot;
let houseUrl: string;

beforeAll(async () => {
  house = await openHouse();
  houseUrl = await house.app.listen({ host: '127.0.0.1', port: 0 });
  bot = await startBot(house, houseUrl);
});
afterAll(async () => {
  await bot.close();
  await house.close();
});

const own = { ...browser, 'sec-fetch-site': 'same-origin' };
const inject = (url: string, payload: string, type: string) => {
  const accept = type === 'application/json' ? type : own.accept;
  return house.app.inject({
    method: 'POST',
    url,
    payload,
    headers: { ...own, accept, 'content-type': type },
  });
};

async function visitor(patch = {}) {
  const person = await house.person({ locale: 'de-DE', ...patch });
  const { links, snapshot } = await house.links(person);
  const url = `${links.answer}/chat`;
  return {
    person,
    snapshot,
    links,
    ask: async (question: string, more: object = {}) => {
      const body = JSON.stringify({ id: randomUUID(), question, ...more });
      const answer = await inject(url, body, 'application/json');
      return { status: answer.statusCode, headers: answer.headers, ...JSON.parse(answer.body || '{}') };
    },
    look: async (after = 0) =>
      (await house.app.inject({ url: `${url}?after=${after}`, headers: own })).json() as {
        withPerson: boolean;
        isPassing: boolean;
        messages: { seq: number; id: string; from: string; text: string }[];
      },
    plain: (fields: Record<string, string>) =>
      inject(url, new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded'),
  };
}

describe('a question', () => {
  test('is answered in the person’s own figures, and counted without its words', async () => {
    const { ask, snapshot, links } = await visitor();
    const answer = await ask('Was ist der Grundpreis?');
    const { cost } = snapshot.view as { cost: { baseFee: string; baseFeeDetail: string } };
    expect(answer).toMatchObject({ status: 200, question: 'base-fee', leads: null });
    expect(answer.answer).toContain(`Du hast ${cost.baseFee} gezahlt: ${cost.baseFeeDetail}.`);
    expect(answer.headers['cache-control']).toBe('private, no-store');
    expect((await ask('Wie wechsle ich den Tarif?')).leads).toEqual({
      href: houseSite(links.to.tariff ?? ''),
      label: 'Tarif ansehen',
    });
    expect(await house.events(snapshot.id)).toEqual([
      { kind: 'chat', machine: false, data: { found: 'base-fee' } },
      { kind: 'chat', machine: false, data: { found: 'change-tariff' } },
    ]);
  });

  test('that nobody knows gets the nearest ones, and a way to a person', async () => {
    const { ask, snapshot } = await visitor({ consents: { tracking: no } });
    expect(await ask('Wie wird das Wetter?')).toMatchObject({
      unknown: true,
      suggestions: [],
      canHandOver: true,
    });
    const { suggestions } = await ask('Grundpreis Tarif Umzug');
    expect(suggestions.length).toBeGreaterThan(0);
    expect(await ask(suggestions[0])).toHaveProperty('answer');
    expect(await house.events(snapshot.id), 'nobody agreed to be counted').toEqual([]);
  });

  test('that is sent twice is one, whatever it says the second time', async () => {
    const { ask, look, snapshot } = await visitor();
    const id = randomUUID();
    const first = await ask('Was ist der Grundpreis?', { id });
    const both = await Promise.all([ask('Was ist der Grundpreis?', { id }), ask('Ich ziehe um', { id })]);
    for (const again of both) expect(again.answer).toBe(first.answer);
    expect((await look()).messages.map(({ from }) => from)).toEqual(['visitor', 'house']);
    expect(await house.events(snapshot.id)).toHaveLength(1);
  });

  test('of any kind gets words of the house alone', async () => {
    const { ask, look } = await visitor();
    const html = '<img src=x onerror=alert(1)>';
    expect(await ask(html)).toMatchObject({ status: 200, unknown: true });
    expect(await ask('\u202EWas ist der\0 Grundpreis?\u202C')).toMatchObject({ question: 'base-fee' });
    expect(await ask('{{cost.total}} __proto__')).toMatchObject({ unknown: true });
    expect((await look()).messages[0]?.text).toBe(html);
    for (const wrong of ['', '\0', ' \n ', 'x'.repeat(501)]) expect((await ask(wrong)).status).toBe(400);
    expect((await ask('x'.repeat(10_240))).status).toBe(413);
    expect((await ask('Grundpreis', { id: 'mine' })).status).toBe(400);
  });

  test('works without a script: asked, seen on the page again, and handed over', async () => {
    const { plain, links } = await visitor();
    const see = async (location: unknown) =>
      (await house.app.inject({ url: String(location), headers: own })).body;
    const asked = await plain({ id: '', question: 'Was ist der Grundpreis?' });
    expect([asked.statusCode, asked.headers.location]).toEqual([
      303,
      `${houseSite(links.site)}?chat=1#dearly-chat`,
    ]);
    const page = await see(asked.headers.location);
    expect(page).toContain('<p class="dc-text">Was ist der Grundpreis?</p>');
    const unknown = await plain({ id: randomUUID(), question: '<b>Gas & Wärme</b>' });
    const second = await see(unknown.headers.location);
    expect(second).toContain('&lt;b&gt;Gas &amp; Wärme&lt;/b&gt;');
    const key = /name="id" value="([\w-]{36})"><input type="hidden" name="question"/.exec(second)?.[1] ?? '';
    await plain({ id: key, question: '<b>Gas & Wärme</b>', handOver: '1' });
    await expect.poll(async () => see(links.site.concat('?chat=1'))).toContain('melde mich bis morgen');
  });
});

const houseSite = (link: string) => new URL(link, house.wire.origins().site).href;

describe('handed over', () => {
  test('a message is answered by the bot at once, or later by the API', async () => {
    const { ask, look } = await visitor();
    const id = randomUUID();
    expect(await ask('Wann habt ihr geöffnet?', { id })).toMatchObject({ unknown: true });
    const passed = await ask('Wann habt ihr geöffnet?', { id, handOver: true });
    expect(passed).toMatchObject({
      handedOver: true,
      state: 'replied',
      messages: [{ from: 'person', text: expect.stringContaining('8 bis 18 Uhr') }],
    });
    const again = await ask('Wann habt ihr geöffnet?', { id, handOver: true });
    expect(again).toMatchObject({ state: 'replied', messages: passed.messages });
    expect(await ask('Und wer liest das hier?', { handOver: true })).toMatchObject({
      state: 'waiting',
      messages: [],
    });
    const after = passed.messages[0].seq;
    await expect
      .poll(async () => (await look(after)).messages.map(({ from }) => from))
      .toEqual(['visitor', 'person']);
    const all = await look();
    expect(all).toMatchObject({ withPerson: true, isPassing: false });
    expect(all.messages.map(({ from }) => from)).toEqual(['visitor', 'house', 'person', 'visitor', 'person']);
  });

  test('what is told holds ids and words, no name and no address', async () => {
    const { ask, person, look } = await visitor({ firstName: 'Xanthippe' });
    const told: string[] = [];
    const { postForAnswer } = house.parts.chat;
    const spied: typeof postForAnswer = (url, message) => {
      told.push(message.body);
      return postForAnswer(url, message);
    };
    Object.assign(house.parts.chat, { postForAnswer: spied });
    await ask('Was ist der Grundpreis?');
    await ask('Wann habt ihr geöffnet?', { handOver: true });
    Object.assign(house.parts.chat, { postForAnswer });
    const { type, data } = JSON.parse(told[0] ?? '{}');
    expect(type).toBe('chat.message');
    expect(data).toMatchObject({ externalId: person.externalId, pack: 'statement', lang: 'de' });
    expect(data.transcript.map(({ from }: { from: string }) => from)).toEqual(['visitor', 'house']);
    expect(told[0]).not.toMatch(/xanthippe|@/i);
    const { conversation } = data;
    const key = await house.key('chats');
    const shown = await house.app.inject({ url: `/v1/chats/${conversation}`, headers: key });
    expect(shown.json()).toMatchObject({ conversation, handedOver: true });
    const say = (text: string, headers: Record<string, string>) =>
      house.app.inject({
        method: 'POST',
        url: `/v1/chats/${conversation}/messages`,
        payload: { text },
        headers,
      });
    const once = { ...key, 'idempotency-key': 'one' };
    for (const _ of [1, 2]) expect((await say('<i>Hallo</i>', once)).statusCode).toBe(201);
    expect((await look()).messages.filter(({ text }) => text === '<i>Hallo</i>')).toHaveLength(1);
    expect((await say('Hallo', await house.key('events'))).statusCode).toBe(403);
    expect((await say('\0', key)).statusCode).toBe(400);
    const nowhere = { ...key };
    const missing = await house.app.inject({ url: `/v1/chats/${randomUUID()}`, headers: nowhere });
    expect(missing.json()).toMatchObject({ status: 404, code: 'chat-missing' });
  });

  test('nothing is lost while nobody can be reached', async () => {
    const { ask, look, snapshot } = await visitor();
    const { desk } = house.parts.chat;
    Object.assign(house.parts.chat, { desk: { ...desk, url: 'http://127.0.0.1:9/chat' } });
    expect(await ask('Wann habt ihr geöffnet?', { handOver: true })).toMatchObject({ state: 'down' });
    expect(await look()).toMatchObject({ withPerson: true, isPassing: true });
    Object.assign(house.parts.chat, { desk });
    await sql`update chat_messages set due_at = now() where passing = 'due'`.execute(house.wire.db);
    const run = () => chatChore(house.parts.chat).run(new AbortController().signal);
    await Promise.all([run(), run()]);
    const { messages, isPassing } = await look();
    expect([isPassing, messages.map(({ from }) => from)]).toEqual([false, ['visitor', 'person']]);
    expect(await house.events(snapshot.id)).toEqual([]);
  });

  test('where nobody reads along, it is not offered and not pretended', async () => {
    const { ask } = await visitor();
    const { desk } = house.parts.chat;
    Object.assign(house.parts.chat, { desk: null });
    const answer = await ask('Wie wird das Wetter?', { handOver: true });
    Object.assign(house.parts.chat, { desk });
    expect(answer).toMatchObject({ unknown: true, canHandOver: false });
  });
});

test('it is exported with the person, and goes with them', async () => {
  const { ask, person, links } = await visitor();
  await ask('Mein Hund heißt Xerxes');
  const whole = await exportProfile(house.wire.db, person.id, { secret: house.wire.addressKey });
  expect(whole?.chats.map(({ from }) => from)).toEqual(['visitor', 'house']);
  await eraseProfile(house.wire.db, person.id, house.wire);
  const left = await house.wire.db.selectFrom('chat_messages').select('text').execute();
  expect(JSON.stringify(left)).not.toContain('Xerxes');
  expect((await house.app.inject({ url: `${links.answer}/chat`, headers: own })).statusCode).toBe(404);
});

test('a conversation ends somewhere', async () => {
  const { ask, look, snapshot } = await visitor();
  await ask('Was ist der Grundpreis?');
  await sql`insert into chat_messages (chat_id, key, author, text, at)
    select id, gen_random_uuid(), 'visitor', 'x', now() from chats, generate_series(1, 500)
    where snapshot_id = ${snapshot.id}`.execute(house.wire.db);
  expect(await ask('Was ist der Grundpreis?')).toMatchObject({ status: 409, code: 'chat-full' });
  expect((await look()).messages).toHaveLength(200);
});

test('a flood from one page is slowed down', async () => {
  const { ask } = await visitor();
  const codes = [];
  for (let n = 0; n < 31; n++) codes.push((await ask('')).status);
  expect(codes.at(-1)).toBe(429);
});
