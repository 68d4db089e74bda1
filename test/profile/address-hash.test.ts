import { expect, test } from 'vitest';
import { hashAddress } from '../../src/profile/address-hash.ts';

const key = Buffer.from('key');
const hashed = (address: string) => hashAddress(key, address).toString('hex');

test('one mailbox has one hash, however its address is spelt', () => {
  const spellings = [
    'ada@müller.de',
    ' Ada@MÜLLER.de ',
    'ada@xn--mller-kva.de',
    'ADA@XN--MLLER-KVA.DE',
    'ada@mu\u0308ller.de',
  ];
  expect(new Set(spellings.map(hashed)).size).toBe(1);
  expect(hashed('jose\u0301@example.org')).toBe(hashed('José@example.org'));
  const others = ['ada@muller.de', 'ada@mueller.de', 'eda@müller.de', 'ada@xn--mller-kva.de.example.org'];
  expect(new Set([...others, 'ada@müller.de'].map(hashed)).size).toBe(5);
  // What is no domain must not make all alike that have none.
  expect(hashed('ada@xn--zzzz--.de')).not.toBe(hashed('ada@exa mple.de'));
});

test('hashes of before stay', () => {
  expect(hashed('Ada@Example.org')).toBe('8cb9cf217af1f4bfd1b2c539960cc8cba84018cb1a3fce0f584f944976fae5ad');
});
