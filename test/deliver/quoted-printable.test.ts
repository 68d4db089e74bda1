import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quotedPrintable } from '../../src/deliver/quoted-printable.ts';

/** RFC 2045 §6.7, read by the book and strictly. */
function decode(encoded: string): string {
  const bytes = encoded
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, pair: string) => String.fromCharCode(Number.parseInt(pair, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

const canonical = (text: string) => text.toWellFormed().replace(/\r\n|\r|\n/g, '\r\n');

test.for<readonly [string, string]>([
  ['Zoë', 'Zo=C3=AB'],
  ['a=b', 'a=3Db'],
  ['one\ntwo\r\nthree\rfour', 'one\r\ntwo\r\nthree\r\nfour'],
  ['end \nend\t\nend ', 'end=20\r\nend=09\r\nend=20'],
  ['.\n..\n.a', '=2E\r\n=2E.\r\n=2Ea'],
  ['From me\nFrom  you\nFromage', '=46rom me\r\n=46rom =20you\r\nFromage'],
  ['', ''],
  ['a\0b', 'a=00b'],
  ['a  b   c', 'a =20b =20 c'],
  ['a\tb', 'a=09b'],
  [`${'x'.repeat(75)}\n`, `${'x'.repeat(75)}\r\n`],
  [`${'x'.repeat(76)}`, `${'x'.repeat(75)}=\r\nx`],
  [`${'x'.repeat(75)}.`, `${'x'.repeat(75)}=\r\n=2E`],
  [`${'x'.repeat(73)}=`, `${'x'.repeat(73)}=\r\n=3D`],
  [`${'x'.repeat(74)} \n`, `${'x'.repeat(74)}=\r\n=20\r\n`],
  [`${'x'.repeat(75)} \n`, `${'x'.repeat(75)}=\r\n=20\r\n`],
])('%j becomes %j', ([text, encoded]) => {
  expect(quotedPrintable(text).toString('latin1')).toBe(encoded);
});

test('any text reads back, in lines that any mail server leaves alone', () => {
  const words = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('.', 'From ', ' ', '\t', '\n', '\r\n', '\r', '=', '=\r\n', '--=_a_', 'x'.repeat(74)),
    fc.nat(5000).map((length) => 'ä'.repeat(length)),
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      const encoded = quotedPrintable(text).toString('latin1');
      expect(decode(encoded)).toBe(canonical(text));
      expect(encoded).not.toContain('=_');
      const bad = encoded
        .split('\r\n')
        .filter((line) => !/^(?!\.|From |.* {2})([\x20-\x7e]{0,75}[\x21-\x7e])?$/.test(line));
      expect(bad).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
