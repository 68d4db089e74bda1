import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LinkKind, readToken, signToken } from '../../src/track/token.ts';

const secret = randomBytes(32);
const kinds: LinkKind[] = ['site', 'video', 'picture', 'click', 'open', 'unsubscribe', 'answer'];
const parts = fc.record({
  snapshotId: fc.uuid(),
  kind: fc.constantFrom(...kinds),
  index: fc.integer({ min: 0, max: 255 }),
});

test('what was signed is read back, short and without personal data', () => {
  fc.assert(
    fc.property(parts, (it) => {
      const token = signToken(secret, it);
      expect(token).toMatch(/^[A-Za-z0-9_-]{46}$/);
      expect(readToken([secret], token, it.kind)).toEqual(it);
    }),
  );
});

test('10,000 random tokens never pass', () => {
  for (let n = 0; n < 10_000; n++) {
    expect(readToken([secret], randomBytes(34).toString('base64url'), 'site')).toBeNull();
  }
});

test('a token passes as its own kind only', () => {
  for (const kind of kinds) {
    const token = signToken(secret, { snapshotId: randomUUID(), kind, index: 0 });
    for (const other of kinds) expect(readToken([secret], token, other) !== null).toBe(other === kind);
  }
});

test('no other spelling of a token passes: any character changed, cut, added', () => {
  const token = signToken(secret, { snapshotId: randomUUID(), kind: 'click', index: 7 });
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  for (let at = 0; at < token.length; at++) {
    for (const letter of alphabet) {
      if (letter === token[at]) continue;
      expect(readToken([secret], token.slice(0, at) + letter + token.slice(at + 1), 'click')).toBeNull();
    }
  }
  for (const other of [
    token.slice(1),
    `${token}A`,
    `${token}=`,
    ` ${token}`,
    `${token}\n`,
    '',
    'x',
    token.repeat(99),
  ]) {
    expect(readToken([secret], other, 'click')).toBeNull();
  }
});

test('another secret reads nothing', () => {
  const token = signToken(secret, { snapshotId: randomUUID(), kind: 'site', index: 0 });
  expect(readToken([randomBytes(32)], token, 'site')).toBeNull();
});
