import { randomUUID } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaignSchema } from '../../src/campaign/campaign.ts';
import { isConsented, type Profile } from '../../src/profile/profile.ts';
import { reportOf } from '../../src/run/campaign/report.ts';
import { campaignOf } from '../../src/run/render-one.ts';
import { prepareProof } from '../../src/run/send-proof.ts';
import { startRun } from '../../src/run/start-run.ts';
import { workRun } from '../../src/run/work-run.ts';
import sample from '../../templates/statement/samples/chiara-credit.json' with { type: 'json' };
import { browser, type House, openHouse } from '../shell/http/open-house.ts';
import { openSink, type Sink } from '../support/smtp-sink.ts';

let sink: Sink;
let house: House;
let person: Profile;

beforeAll(async () => {
  sink = await openSink();
  house = await openHouse({ smtpUrl: sink.url });
  const yes = { granted: true, at: '2026-01-01T00:00:00Z', source: 'test' };
  person = await house.person({ consents: { service: yes, marketing: yes, tracking: yes } });
});
afterAll(async () => {
  await house?.close();
  await sink?.close();
});

async function send(how: { profile?: Profile; isSample?: boolean; lang?: string | null } = {}) {
  const { profile = person, isSample = false, lang = null } = how;
  const campaign = await campaignOf({ pack: 'statement' }, house.wire);
  const proof = await prepareProof({ to: 'me@example.org', profile, isSample, lang, campaign }, house.wire);
  const receipt = await proof.send();
  const received = sink.messages.at(-1);
  return { receipt, links: proof.links, to: received?.to, mail: await simpleParser(received?.raw ?? '') };
}

const path = (url: string) => url.replace(/^https?:\/\/[^/]+/, '');
const count = async (table: 'ledger' | 'snapshots' | 'events') => {
  const { all } = await house.wire.db
    .selectFrom(table)
    .select((it) => it.fn.countAll<string>().as('all'))
    .executeTakeFirstOrThrow();
  return Number(all);
};

describe('a stored person`s message', () => {
  test('comes to the one address, marked, without a pixel or a ledger row', async () => {
    const rows = await count('ledger');
    const { receipt, to, mail, links } = await send();
    expect(receipt.kind).toBe('accepted');
    expect(to).toBe('me@example.org');
    expect(mail.subject).toMatch(/^\[Proof\] Ada, /);
    expect(mail.html).toContain(links.site);
    expect(mail.html).not.toContain('/o/');
    expect(mail.html).not.toContain('/c/');
    expect(links.open).toBeNull();
    expect(await count('ledger')).toBe(rows);
  });

  test('nothing is kept before it is sent', async () => {
    const kept = await count('snapshots');
    const campaign = await campaignOf({ pack: 'statement' }, house.wire);
    await prepareProof(
      { to: 'me@example.org', profile: person, isSample: false, lang: null, campaign },
      house.wire,
    );
    expect(await count('snapshots')).toBe(kept);
  });

  test('its page opens; what is done there changes nothing', async () => {
    const { links } = await send();
    const events = await count('events');
    const page = await house.app.inject({ url: path(links.site), headers: browser });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Ada');
    expect(page.body).toContain('"tracking":false');
    const form = { ...browser, 'content-type': 'application/x-www-form-urlencoded' };
    const posts = [
      [links.unsubscribe, 'List-Unsubscribe=One-Click'],
      [links.answer, 'question=clear&answer=yes'],
    ] as const;
    for (const [url, payload] of posts) {
      const answer = await house.app.inject({ method: 'POST', url: path(url), headers: form, payload });
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toContain('Probe');
    }
    // By the page's own script: told at once that it is refused, so that nothing is tried again.
    const scripted = [
      ['', { form: 'clear', submission: randomUUID(), values: { clear: 'yes' } }],
      ['/chat', { id: randomUUID(), question: 'Warum?' }],
      ['/counting', { counting: 'off' }],
    ] as const;
    for (const [below, payload] of scripted) {
      const url = `${path(links.answer)}${below}`;
      const headers = { accept: 'application/json', 'sec-fetch-site': 'same-origin' };
      const answer = await house.app.inject({ method: 'POST', url, headers, payload });
      expect(answer.statusCode, below).toBe(403);
      expect(answer.json().detail, below).toContain('Probe');
    }
    const after = await house.wire.profiles.find(person.id);
    expect(after).toEqual(person);
    expect(isConsented(after?.consents ?? {}, 'service')).toBe(true);
    expect(await count('events')).toBe(events);
  });

  test('is in no campaign`s figures', async () => {
    const campaign = campaignSchema.parse({
      name: 'figures',
      pack: 'statement',
      composition: 'statement',
      sender: 'nordlicht',
    });
    const { run } = await startRun(
      { kind: 'campaign', name: 'figures', occurrence: '1', campaign },
      house.wire,
    );
    await workRun(run.id, house.wire, { concurrency: 1 });
    const figures = async () => (await reportOf(run.id, house.wire)).funnel;
    const before = await figures();
    const { links } = await send();
    await house.app.inject({ url: path(links.site), headers: browser });
    await house.app.inject({ url: path(links.unsubscribe), method: 'POST', headers: browser });
    expect(await figures()).toEqual(before);
  });

  test('is deleted with the person', async () => {
    const other = await house.person();
    const { links } = await send({ profile: other });
    await house.wire.db.deleteFrom('profiles').where('id', '=', other.id).execute();
    expect((await house.app.inject({ url: path(links.site), headers: browser })).statusCode).toBe(404);
  });
});

describe('a sample`s message', () => {
  test('leaves nothing; its links lead to a note', async () => {
    const kept = await count('snapshots');
    const profile: Profile = { id: 'sample-chiara', ...sample };
    const { mail, links } = await send({ profile, isSample: true });
    expect(mail.subject).toMatch(/^\[Proof\] Chiara, /);
    expect(await count('snapshots')).toBe(kept);
    for (const method of ['GET', 'POST'] as const) {
      const note = await house.app.inject({
        method,
        url: path(links.site),
        headers: { 'accept-language': 'it' },
      });
      expect(note.statusCode).toBe(200);
      expect(note.body).toContain('Questa è una prova');
    }
    expect(links.unsubscribe).toBe(links.site);
  });
});

test('in another language; one that the pack does not have is refused', async () => {
  expect((await send({ lang: 'it' })).mail.html).toContain('Ciao Ada');
  await expect(send({ lang: 'fr' })).rejects.toMatchObject({ code: 'request-invalid' });
});
