import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseReport } from '../../src/adapters/smtp/parse-report.ts';
import { bounceAddressOf } from '../../src/deliver/bounce-address.ts';
import { classOf, statusIn } from '../../src/track/bounce-class.ts';
import { type Bounce, readBounce } from '../../src/track/read-bounce.ts';
import { fillReport } from '../support/report.ts';

const secret = Buffer.alloc(32, 7);
const rowId = '0f8fad5b-d9cb-469f-a165-70867728950e';
const snapshotId = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const bounceAddress = bounceAddressOf(secret, rowId, 'bounce.nordlicht.example');
const complaints = 'complaints@bounce.nordlicht.example';

async function read(name: string, to: string): Promise<Bounce> {
  const raw = fillReport(readFileSync(`test/fixtures/reports/${name}.eml`, 'utf8'), {
    secret,
    rowId,
    snapshotId,
  });
  return readBounce(await parseReport(raw, to), [secret]);
}

test.for<[name: string, kind: Bounce['kind'], status: string | null, isReturned: boolean]>([
  ['postfix-unknown-user', 'hard', '5.1.1', true],
  ['postfix-no-domain', 'hard', '5.4.4', true],
  ['postfix-expired', 'soft', '4.4.1', true],
  ['postfix-delayed', 'ignored', '4.4.1', false],
  ['postfix-delivered', 'ignored', '2.1.5', false],
  ['exim-generic-status', 'hard', '5.1.1', true],
  ['exchange-not-found', 'hard', '5.1.10', true],
  ['exchange-mailbox-full', 'soft', '5.2.2', true],
  ['gmail-no-such-account', 'hard', '5.1.1', true],
  ['gmail-unauthenticated', 'soft', '5.7.26', true],
  ['utf8-unknown-user', 'hard', '5.1.1', true],
  // Free text is never more than soft, even where it says "permanent".
  ['exim-plain-text', 'soft', null, false],
  ['qmail-plain-text', 'soft', '5.2.2', false],
  ['plain-text-warning', 'ignored', null, false],
  ['holiday-notice', 'ignored', null, false],
])('%s: %s', async ([name, kind, status, isReturned]) => {
  const bounce = await read(name, bounceAddress);
  expect(bounce).toMatchObject({ kind, status, isReturned, about: { rowId } });
  expect(bounce.detail).not.toMatch(/@/);
  if (kind !== 'ignored') expect(bounce.detail).toMatch(/\w{3}/);
});

test.for<[name: string, kind: Bounce['kind'], about: Bounce['about']]>([
  ['yahoo-complaint', 'complaint', { rowId }],
  ['complaint-by-unsubscribe-link', 'complaint', { snapshotId }],
  ['complaint-by-message-id', 'complaint', { messageId: `${rowId}@nordlicht.example` }],
  ['hotmail-forwarded-complaint', 'complaint', { rowId }],
  ['yahoo-not-spam', 'ignored', { rowId }],
])('%s: %s', async ([name, kind, about]) => {
  expect(await read(name, complaints)).toMatchObject({ kind, about, isReturned: false });
});

test('a report that we signed nothing of is about nobody', async () => {
  const raw = fillReport(readFileSync('test/fixtures/reports/yahoo-complaint.eml', 'utf8'), {
    secret: Buffer.alloc(32, 8),
    rowId,
    snapshotId,
  });
  const { about } = readBounce(await parseReport(raw, complaints), [secret]);
  // Neither its addresses nor its link count; what is left is an id that nobody could have guessed.
  expect(about).toEqual({ messageId: `${rowId}@nordlicht.example` });
});

test.for([
  '',
  '\r\n',
  'From: x\r\n',
  'Content-Type: multipart/report; boundary=a\r\n\r\n--a\r\n',
  '\0\xff\r\n\r\n\0',
])('rubbish is ignored: %j', async (raw) => {
  const bounce = readBounce(await parseReport(Buffer.from(raw), bounceAddress), [secret]);
  expect(bounce.kind).toBe('ignored');
});

test.for<[status: string | null, words: string, expected: string]>([
  ['5.1.1', '', 'hard'],
  ['5.2.1', 'account inactive', 'hard'],
  ['5.1.10', '', 'hard'],
  ['5.0.0', '550 5.1.1 no such user', 'hard'],
  ['5.0.0', "554 delivery error: dd This user doesn't have a yahoo.com account", 'hard'],
  ['5.5.0', '550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)', 'hard'],
  ['5.4.1', '550 5.4.1 Recipient address rejected: Access denied', 'hard'],
  [null, '550 No such user here', 'soft'],
  ['5.0.0', '550 mailbox unavailable, over quota', 'soft'],
  ['5.4.4', 'Host or domain name not found. Name service error: Host not found, try again', 'soft'],
  ['5.7.1', '550 5.7.1 blocked: user unknown to our whitelist', 'soft'],
  ['5.2.3', 'message too big', 'soft'],
  ['4.2.2', 'over quota', 'soft'],
  [null, '', 'soft'],
])('%s %j is %s', ([status, words, expected]) => {
  expect(classOf(status, words)).toBe(expected);
});

test('an IP address is no status', () => {
  expect(statusIn('connect to 5.1.1.10: refused')).toBeNull();
  expect(statusIn('from 192.5.1.1 [4.2.2.1]')).toBeNull();
  expect(statusIn('said: 550 5.1.1. Sorry')).toBe('5.1.1');
  expect(statusIn('552-5.2.2 full')).toBe('5.2.2');
});
