import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bounceAddressOf, readBounceAddress } from '../../src/deliver/bounce-address.ts';
import { mailAddress } from '../../src/deliver/mail-address.ts';

const secret = Buffer.alloc(32, 7);
const rowId = '0f8fad5b-d9cb-469f-a165-70867728950e';

test('every row has an address that leads back to it, whatever the case it comes back in', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      const address = bounceAddressOf(secret, id, 'bounce.example.com');
      expect(address).toMatch(/^[a-z0-9]{46}@bounce\.example\.com$/);
      expect(mailAddress(address)).toBe(address);
      expect(readBounceAddress([secret], address)).toBe(id);
      expect(readBounceAddress([secret], address.toUpperCase())).toBe(id);
    }),
  );
});

test('no digit can be changed', () => {
  const address = bounceAddressOf(secret, rowId, 'b.example');
  const place = fc.integer({ min: 6, max: 45 });
  fc.assert(
    fc.property(place, fc.constantFrom(...'0123456789abcdefghijklmnopqrstuv'), (at, digit) => {
      fc.pre(address[at] !== digit);
      expect(
        readBounceAddress([secret], `${address.slice(0, at)}${digit}${address.slice(at + 1)}`),
      ).toBeNull();
    }),
  );
});

test.for([
  '',
  '@',
  'bounce@b.example',
  'postmaster@b.example',
  `bounce+${rowId}@b.example`,
  `bounce${'v'.repeat(40)}@b.example`,
  `bounce${'ü'.repeat(40)}`,
])('nobody’s row: %j', (address) => expect(readBounceAddress([secret], address)).toBeNull());

test('another secret signs nothing for us', () => {
  const foreign = bounceAddressOf(Buffer.alloc(32, 8), rowId, 'b.example');
  expect(readBounceAddress([secret], foreign)).toBeNull();
});
