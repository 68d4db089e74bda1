import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { expect, test } from 'vitest';
import { composeMessage } from '../../src/deliver/compose-message.ts';
import { parseSender, type Sender } from '../../src/deliver/sender.ts';
import { signDkim } from '../../src/deliver/sign-dkim.ts';
import { rawOf } from '../support/raw-of.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ed25519 = generateKeyPairSync('ed25519');
const domain = 'nordlicht-energie.example';
const published: Record<string, string> = {
  [`r1._domainkey.${domain}`]: `v=DKIM1; k=rsa; p=${der(rsa.publicKey).toString('base64')}`,
  // RFC 8463 §4.2: the bare 32 bytes, without the ASN.1 around them.
  [`e1._domainkey.${domain}`]: `v=DKIM1; k=ed25519; p=${der(ed25519.publicKey).subarray(-32).toString('base64')}`,
};
const file = 'examples/senders/nordlicht.yaml';
const sender: Sender = {
  ...parseSender(readFileSync(file, 'utf8'), file),
  dkim: [
    { domain, selector: 'r1', privateKey: rsa.privateKey },
    { domain, selector: 'e1', privateKey: ed25519.privateKey },
  ],
};
const email = {
  subject: 'Ihre Abrechnung, Zoë',
  preheader: '',
  text: 'Guten Tag\n',
  html: '<p>Guten  Tag</p>\n\n',
};
const links = { unsubscribe: 'https://mail.example.com/u/token' };
const addressing = {
  to: { name: 'Zoë', address: 'zoe@example.org' },
  rowId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  secret: Buffer.alloc(32),
  campaign: 'Yearly statement',
  lang: 'de',
  at: new Date('2025-11-03T08:00:00Z'),
};

function der(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}

const resolver = async (name: string, type: string) => {
  const text = type === 'TXT' ? published[name] : undefined;
  if (text === undefined) throw Object.assign(new Error(name), { code: 'ENOTFOUND' });
  return [[text]];
};

async function verify(raw: Buffer): Promise<string[]> {
  const { results } = await dkimVerify(raw, { resolver });
  return results.map((it) => `${it.algo} ${it.status.result}`).sort();
}

test('both signatures verify and cover both unsubscribe headers', async () => {
  const raw = rawOf(await composeMessage(email, sender, links, addressing));
  const { results } = await dkimVerify(raw, { resolver });
  expect(results.map((it) => `${it.algo} ${it.status.result}`)).toEqual([
    'rsa-sha256 pass',
    'ed25519-sha256 pass',
  ]);
  const signed = String(results[0]?.signingHeaders?.keys)
    .toLowerCase()
    .split(/[:,\s]+/);
  const wanted =
    'from subject date message-id to mime-version content-type list-unsubscribe list-unsubscribe-post';
  for (const name of wanted.split(' ')) expect(signed).toContain(name);
});

test.for([
  ['an unsubscribe link', (raw: string) => raw.replace('/u/token', '/u/eekot')],
  ['the body', (raw: string) => raw.replace('Guten Tag', 'Guten Abend')],
  ['a second subject', (raw: string) => raw.replace('\r\nSubject:', '\r\nSubject: You won\r\nSubject:')],
  ['a second sender', (raw: string) => `From: eve@example.com\r\n${raw}`],
] as const)('changing %s breaks both', async ([, change]) => {
  const raw = rawOf(await composeMessage(email, sender, links, addressing));
  const changed = change(raw.toString('latin1'));
  expect(changed).not.toBe(raw.toString('latin1'));
  const results = await verify(Buffer.from(changed, 'latin1'));
  // A body that does not match its hash is "neutral" in mailauth's words.
  expect(results).toEqual([
    expect.stringMatching(/^ed25519-sha256 (fail|neutral)$/),
    expect.stringMatching(/^rsa-sha256 (fail|neutral)$/),
  ]);
});

test('the same message gets the same signatures, and no key none', async () => {
  const sign = () => signDkim([['From', 'a@example.com']], [Buffer.from('Hello\r\n')], sender.dkim);
  expect(await sign()).toBe(await sign());
  expect(await signDkim([['From', 'a@example.com']], [Buffer.from('Hello\r\n')], [])).toBe('');
});

test('whatever people and packs write, both verify', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 200 });
  const content = fc.uint8Array({ maxLength: 300 });
  // A file's name stands in the body, whose bytes are signed as they are.
  const named = fc.oneof(text, fc.stringMatching(/^[\w .()+,-]{1,60}$/));
  await fc.assert(
    fc.asyncProperty(
      named,
      text,
      text,
      text,
      content,
      async (name, subject, html, plain, bytes: Uint8Array) => {
        const to = { name, address: 'ada@example.org' };
        const files = [{ filename: name, contentType: 'application/pdf', content: Buffer.from(bytes) }].slice(
          bytes.length % 2,
        );
        const its = { subject, html, text: plain, preheader: '' };
        const raw = rawOf(await composeMessage(its, sender, links, { ...addressing, to }, files));
        expect(await verify(raw)).toEqual(['ed25519-sha256 pass', 'rsa-sha256 pass']);
      },
    ),
    { numRuns: 300 },
  );
});
