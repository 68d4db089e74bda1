import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { readBounceAddress } from '../../src/deliver/bounce-address.ts';
import { type Addressing, composeMessage, messageIdOf } from '../../src/deliver/compose-message.ts';
import { parseSender, type Sender } from '../../src/deliver/sender.ts';
import { rawOf } from '../support/raw-of.ts';

const file = 'examples/senders/nordlicht.yaml';
const sender = parseSender(readFileSync(file, 'utf8'), file);
const email = {
  subject: 'Ihre Abrechnung: 1.234,56 €, Zoë',
  preheader: 'Sie haben weniger verbraucht.',
  text: 'Guten Tag Zoë,\n\nIhre Abrechnung.\n',
  html: '<!doctype html><html lang="de"><body><p>Guten Tag Zoë 🌱</p></body></html>',
};
const links = { unsubscribe: 'https://mail.example.com/u/token' };
const addressing: Addressing = {
  to: { name: 'Zoë Müller', address: 'zoe@example.org' },
  rowId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  secret: Buffer.alloc(32, 7),
  campaign: 'Yearly statement',
  lang: 'de',
  at: new Date('2025-11-03T08:00:00Z'),
};

test('the message reads back as it was meant', async () => {
  const message = await composeMessage(email, sender, links, addressing);
  const parsed = await simpleParser(rawOf(message));
  expect(parsed.subject).toBe(email.subject);
  expect(parsed.html).toBe(email.html);
  expect(parsed.text).toBe(email.text);
  expect(parsed.from?.value).toEqual([
    { name: 'Nordlicht Energie', address: 'service@nordlicht-energie.example' },
  ]);
  expect(parsed.to).toMatchObject({ value: [{ name: 'Zoë Müller', address: 'zoe@example.org' }] });
  expect(parsed.replyTo?.text).toBe('kundenservice@nordlicht-energie.example');
  expect(parsed.date).toEqual(addressing.at);
  expect(parsed.messageId).toBe(`<${addressing.rowId}@nordlicht-energie.example>`);
  expect(parsed.headers.get('content-type')).toMatchObject({ value: 'multipart/alternative' });
  const lines = parsed.headerLines.map(({ line }) => line);
  expect(lines).toContain('List-Unsubscribe: <https://mail.example.com/u/token>');
  expect(lines).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  expect(lines).toContainEqual(
    expect.stringMatching(/^Feedback-ID: yearly-statement:de:dearly:nordlich-[0-9a-f]{6}$/),
  );
  expect(lines).toContain('Auto-Submitted: auto-generated');
  expect(lines).toContain('Content-Language: de');
  expect(lines).toContain('MIME-Version: 1.0');
  expect(message.envelope).toEqual({ from: 'service@nordlicht-energie.example', to: 'zoe@example.org' });
  expect(message.id).toBe(messageIdOf(addressing.rowId, sender));
});

test('a second attempt sends the same bytes', async () => {
  const compose = async () => rawOf(await composeMessage(email, sender, links, addressing));
  expect((await compose()).equals(await compose())).toBe(true);
});

test('bounces come back to an address of their own', async () => {
  const bouncing: Sender = { ...sender, bounceDomain: 'bounce.example.com' };
  const { envelope } = await composeMessage(email, bouncing, links, addressing);
  expect(envelope.from).toMatch(/@bounce\.example\.com$/);
  expect(readBounceAddress([addressing.secret], envelope.from)).toBe(addressing.rowId);
});

test('a domain in any script goes out in its ASCII form', async () => {
  const to = { name: '', address: 'ada@müller.example' };
  const message = await composeMessage(email, sender, links, { ...addressing, to });
  expect(message.envelope.to).toBe('ada@xn--mller-kva.example');
});

test.for([
  '',
  'nobody',
  'a@b@c',
  'a@example.org, b@example.org',
  'a@example.org\r\nBcc: b@example.org',
  '<a@example.org>',
])('no message to %j', async (address) => {
  const composing = composeMessage(email, sender, links, { ...addressing, to: { name: 'Ada', address } });
  await expect(composing).rejects.toMatchObject({ code: 'not-deliverable' });
});

test('no name and no subject adds a header, a recipient or a line', async () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'Ada\r\nBcc: eve@example.com',
      'Ada" <eve@example.com>, "B',
      'a\u2028b\u0085c',
      '=?utf-8?q?x?=',
      ',;:<>@()[]',
    ),
  );
  const expected = (await simpleParser(rawOf(await composeMessage(email, sender, links, addressing))))
    .headerLines;
  await fc.assert(
    fc.asyncProperty(hostile, hostile, async (name, subject) => {
      const to = { name, address: 'ada@example.org' };
      const message = await composeMessage({ ...email, subject }, sender, links, { ...addressing, to });
      const { envelope } = message;
      const parsed = await simpleParser(rawOf(message));
      const keys = parsed.headerLines.map(({ key }) => key);
      const missing = expected.map(({ key }) => key).filter((key) => !keys.includes(key));
      // An empty subject has no header; nothing else may come or go.
      expect(missing.filter((key) => key !== 'subject')).toEqual([]);
      expect(keys.length).toBeLessThanOrEqual(expected.length);
      expect(parsed.to).toMatchObject({ value: [{ address: 'ada@example.org' }] });
      expect(envelope.to).toBe('ada@example.org');
    }),
    { numRuns: 300 },
  );
});

test('letters outside ASCII before the @ are refused, because not every server takes them', async () => {
  const to = { name: '', address: 'zoë@example.org' };
  const composing = composeMessage(email, sender, links, { ...addressing, to });
  await expect(composing).rejects.toMatchObject({ code: 'not-deliverable' });
});
