import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text as readText } from 'node:stream/consumers';
import { domainToASCII, fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { composeMessage } from '../../src/deliver/compose-message.ts';
import { oneLine } from '../../src/deliver/header.ts';
import { parseSender } from '../../src/deliver/sender.ts';
import { cleanText } from '../../src/merge/clean-text.ts';
import { mergeEmail } from '../../src/merge/merge-email.ts';
import { links, pack, profileOf, samples, snapshotOf } from '../merge/shown.ts';
import { rawOf } from '../support/raw-of.ts';

const file = 'examples/senders/nordlicht.yaml';
const sender = parseSender(readFileSync(file, 'utf8'), file);

interface Meant {
  readonly subject: string;
  readonly name: string;
  readonly address: string;
  readonly html: string;
  readonly text: string;
}

/** What anybody may be called and a pack may say: all planes, foreign scripts, emoji, and what old servers trip over. */
const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ maxLength: 80 }),
  fc.constantFrom(
    'שלום עולם',
    'مرحبا',
    '👩‍👩‍👧‍👦 🏳️‍🌈',
    'Zoë Müller',
    '=?utf-8?Q?x?=',
    '"a" <b@c>, d',
    '\r\nBcc: eve@example.com',
  ),
);
const lines = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: words.map(cleanText) },
    {
      weight: 2,
      arbitrary: fc.constantFrom('', '.', '..', 'From me', '>From me', 'trailing  ', '--=_a_', '\ta', '='),
    },
    { weight: 1, arbitrary: fc.nat(5000).map((length) => 'Straße '.repeat(length / 7)) },
  ),
  { maxLength: 12 },
);
const line = words.map((it) => oneLine(cleanText(it)));
const person: fc.Arbitrary<Meant> = fc.record({
  subject: line,
  name: line,
  address: fc.constantFrom('ada@example.org', 'o.neill+x@müller.example', 'a@b.co'),
  html: lines.map((it) => `<!doctype html>\n${it.join('\n')}`),
  text: lines.map((it) => `${it.join('\r\n')}Ende.\n`),
});

const rowId = '0f8fad5b-d9cb-469f-a165-70867728950e';
async function write({ name, address, ...email }: Meant): Promise<Buffer> {
  const unsubscribe = 'https://mail.example.com/u/token';
  const at = new Date('2025-11-03T08:00:00Z');
  const addressing = {
    to: { name, address },
    rowId,
    secret: Buffer.alloc(32),
    campaign: 'statement',
    lang: 'de',
    at,
  };
  const raw = rawOf(await composeMessage({ ...email, preheader: '' }, sender, { unsubscribe }, addressing));
  // What SMTP's DATA takes as it is: nothing to double, nothing to mend.
  const wire = raw.toString('latin1');
  expect(wire.endsWith('\r\n')).toBe(true);
  expect(
    wire
      .slice(0, -2)
      .split('\r\n')
      .find((it) => !/^(?!\.)[\x20-\x7e]{0,78}$/.test(it)),
  ).toBeUndefined();
  return raw;
}

const canonical = (text: string) => text.replace(/\r\n|\r|\n/g, '\r\n');
const asciiAddress = (address: string) => {
  const at = address.lastIndexOf('@') + 1;
  return address.slice(0, at) + domainToASCII(address.slice(at));
};
const meant = ({ subject, name, address, html, text }: Meant) => ({
  subject,
  name,
  address: asciiAddress(address),
  html: canonical(html),
  text: canonical(text),
});

function statements(): Meant[] {
  const odd = ['Zoë', '😀', 'יעל', 'Ångström-von der Heide', '"; drop', 'O’Neill', 'Anna\u00a0Maria'];
  return samples.flatMap(({ profile }) =>
    odd.map((firstName) => {
      const its = profileOf({ ...profile, firstName });
      const { subject, html, text } = mergeEmail(snapshotOf(its), pack, links, sender);
      return { subject, html, text, name: `${firstName} ${its.lastName}`, address: 'ada@example.org' };
    }),
  );
}

const people = [...statements(), ...fc.sample(person, { numRuns: 10_000, seed: 3 })];
const messages = await Promise.all(people.map(write));

describe.concurrent('every sample and 10,000 people are read back as they were meant', {
  timeout: 120_000,
}, () => {
  test('by mailparser', async () => {
    for (const [index, one] of people.entries()) {
      const skip = { skipTextToHtml: true, skipHtmlToText: true, skipImageLinks: true, skipTextLinks: true };
      const mail = await simpleParser(messages[index] ?? '', skip);
      const [to, ...others] = (Array.isArray(mail.to) ? mail.to : [mail.to]).flatMap((it) => it?.value ?? []);
      const read = {
        subject: mail.subject ?? '',
        name: to?.name ?? '',
        address: asciiAddress(to?.address ?? ''),
        html: canonical(mail.html || ''),
        text: canonical(mail.text ?? ''),
      };
      expect(read).toEqual(meant(one));
      expect([others, mail.attachments]).toEqual([[], []]);
    }
  });

  const hasPython = spawnSync('python3', ['--version']).status === 0;
  test.skipIf(!hasPython)('by Python’s email package (skipped where there is no python3)', async () => {
    const framed = messages.flatMap((raw) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(raw.length);
      return [length, raw];
    });
    const script = fileURLToPath(new URL('./read-mail.py', import.meta.url));
    const python = spawn('python3', [script], { stdio: ['pipe', 'pipe', 'inherit'] });
    python.stdin.end(Buffer.concat(framed));
    const out = await readText(python.stdout);
    const answers = out.trimEnd().split('\n');
    expect(answers).toHaveLength(people.length);
    const headers = JSON.parse(answers[0] ?? '').headers;
    answers.forEach((answer, index) => {
      const one = people[index] as Meant;
      const { recipients, defects, headers: count, ...read } = JSON.parse(answer);
      expect(read).toEqual(meant(one));
      expect([recipients, defects]).toEqual([1, []]);
      expect(count).toBe(headers);
    });
  });
});
