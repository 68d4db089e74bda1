import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAlikeEncoder } from '../../src/deliver/encode-alike.ts';
import { quotedPrintable } from '../../src/deliver/quoted-printable.ts';
import { mergeEmail } from '../../src/merge/merge-email.ts';
import { links, pack, profileOf, samples, sender, snapshotOf } from '../merge/shown.ts';

test('whatever the documents share, each is encoded as if it were alone', () => {
  const fixed = fc.string({ unit: 'grapheme', minLength: 30, maxLength: 300 });
  const gap = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '\n', '\r\n', 'From ', '.', ' '));
  const parts = fc.array(fixed, { minLength: 1, maxLength: 12 });
  const people = fc.array(fc.array(gap, { maxLength: 12 }), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(parts, people, fc.constantFrom('\n', '\r\n', ''), (shared, gaps, lineEnd) => {
      const encode = createAlikeEncoder();
      for (const person of gaps) {
        // Some leave parts out, some have them twice, as blocks and loops do.
        const document = shared
          .flatMap((part, index) => {
            const own = person[index] ?? '';
            return own === '' ? [] : own === '.' ? [part, part] : [part + lineEnd, own, lineEnd];
          })
          .join('');
        expect(Buffer.concat(encode(document)).equals(quotedPrintable(document))).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

test('statements of many people, in every language, in one encoder', () => {
  const encode = createAlikeEncoder();
  for (let index = 0; index < 60; index++) {
    const sample = samples[index % samples.length]?.profile;
    const { html } = mergeEmail(
      snapshotOf(profileOf({ ...sample, firstName: `Zoë ${index}` })),
      pack,
      links,
      sender,
    );
    expect(Buffer.concat(encode(html)).equals(quotedPrintable(html))).toBe(true);
  }
});
