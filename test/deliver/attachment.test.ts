import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { type Attachment, safeName } from '../../src/deliver/attachment.ts';
import { composeMessage } from '../../src/deliver/compose-message.ts';
import { parseSender } from '../../src/deliver/sender.ts';
import { rawOf } from '../support/raw-of.ts';

const file = 'examples/senders/nordlicht.yaml';
const sender = parseSender(readFileSync(file, 'utf8'), file);
const email = { subject: 'Abrechnung', preheader: '', text: 'Guten Tag\n', html: '<p>Guten Tag</p>' };
const addressing = {
  to: { name: 'Zoë', address: 'zoe@example.org' },
  rowId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  secret: Buffer.alloc(32),
  campaign: 'statement',
  lang: 'de',
  at: new Date('2025-11-03T08:00:00Z'),
};
const compose = async (attachments: Attachment[]) => {
  const unsubscribe = 'https://mail.example.com/u/token';
  return rawOf(await composeMessage(email, sender, { unsubscribe }, addressing, attachments));
};

test('files come after the text and its HTML, byte for byte', async () => {
  const content = Uint8Array.from({ length: 1000 }, (_, index) => index % 256);
  const raw = await compose([
    { filename: 'Abrechnung 2025 für Zoë.pdf', contentType: 'application/pdf', content },
    { filename: 'usage.csv', contentType: 'text/csv', content: new Uint8Array(0) },
  ]);
  const parsed = await simpleParser(raw);
  expect(parsed).toMatchObject({ html: email.html, text: email.text });
  const read = parsed.attachments.map((it) => [
    it.filename,
    it.contentType,
    it.contentDisposition,
    it.content.length,
  ]);
  expect(read).toEqual([
    ['Abrechnung 2025 für Zoë.pdf', 'application/pdf', 'attachment', 1000],
    ['usage.csv', 'text/csv', 'attachment', 0],
  ]);
  expect(parsed.attachments[0]?.content.equals(content)).toBe(true);
});

test.for([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Windows\\system32\\evil.exe', 'evil.exe'],
  ['a\r\nContent-Type: text\r\n\r\n<script>', 'a Content-Type_ text _script_'],
  ['rechnung\u202egpj.exe', 'rechnunggpj.exe'],
  ['.htaccess', 'htaccess'],
  ['...', 'attachment'],
  ['', 'attachment'],
  ['a"b\'c*d.pdf', "a_b'c_d.pdf"],
] as const)('the name %j is safe', ([filename, safe]) => {
  expect(safeName(filename)).toBe(safe);
});

test('a long name keeps its ending', () => {
  expect(safeName(`${'ä'.repeat(500)}.pdf`)).toBe(`${'ä'.repeat(116)}.pdf`);
});

test.for(['message/rfc822', 'multipart/mixed', 'text/html; charset=x', 'a/b\r\nX: y', ''])(
  'the type %j is sent as plain bytes',
  async (contentType) => {
    const [only] = (
      await simpleParser(await compose([{ filename: 'a.b', contentType, content: Buffer.from('x') }]))
    ).attachments;
    expect(only?.contentType).toBe('application/octet-stream');
  },
);

test('no name and no type adds a header or a part', async () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
  );
  await fc.assert(
    fc.asyncProperty(hostile, hostile, async (filename, contentType) => {
      const raw = await compose([{ filename, contentType, content: Buffer.from('x') }]);
      for (const line of raw.toString('latin1').split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
      const { attachments } = await simpleParser(raw);
      expect(attachments.map((it) => [it.filename, it.content.toString()])).toEqual([
        [safeName(filename), 'x'],
      ]);
    }),
    { numRuns: 300 },
  );
});
