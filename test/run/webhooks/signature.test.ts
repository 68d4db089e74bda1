import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { nextTryMs } from '../../../src/run/webhooks/next-try.ts';
import { seal, unseal } from '../../../src/run/webhooks/seal.ts';
import { isSigned, makeSigningSecret, sign } from '../../../src/run/webhooks/signature.ts';

const secret = makeSigningSecret();
const now = 1_790_000_000;
const signed = { id: 'msg_1', timestamp: now, body: '{"externalId":"Zoë 🌍"}' };

describe('signatures', () => {
  test('the reference library takes ours, and we take its', () => {
    const at = Math.floor(Date.now() / 1000);
    const reference = new Webhook(secret);
    const ours = { ...signed, timestamp: at };
    const headers = {
      'webhook-id': ours.id,
      'webhook-timestamp': String(at),
      'webhook-signature': sign(ours, [makeSigningSecret(), secret]),
    };
    expect(reference.verify(ours.body, headers)).toEqual({ externalId: 'Zoë 🌍' });
    const theirs = reference.sign(ours.id, new Date(at * 1000), ours.body);
    expect(isSigned(ours, theirs, [secret], at)).toBe(true);
  });

  test('one of several is enough, on either side', () => {
    const other = makeSigningSecret();
    expect(isSigned(signed, `v1a,xyz ${sign(signed, [other, secret])}`, [secret], now)).toBe(true);
    expect(isSigned(signed, sign(signed, [secret]), [other, secret], now)).toBe(true);
  });

  test('anything changed is refused', () => {
    const good = sign(signed, [secret]);
    for (const changed of [
      { ...signed, id: 'msg_2' },
      { ...signed, timestamp: now + 1 },
      { ...signed, body: `${signed.body} ` },
      { ...signed, body: '' },
    ]) {
      expect(isSigned(changed, good, [secret], now)).toBe(false);
    }
    expect(isSigned(signed, good, [makeSigningSecret()], now)).toBe(false);
    expect(isSigned(signed, good, [], now)).toBe(false);
    for (const header of [
      '',
      'v1,',
      'v1',
      good.slice(0, -2),
      good.replace('v1,', 'v2,'),
      'x'.repeat(10_000),
    ]) {
      expect(isSigned(signed, header, [secret], now)).toBe(false);
    }
  });

  test('five minutes either way, no more', () => {
    const good = sign(signed, [secret]);
    expect([-300, 300].map((by) => isSigned(signed, good, [secret], now + by))).toEqual([true, true]);
    expect([-301, 301].map((by) => isSigned(signed, good, [secret], now + by))).toEqual([false, false]);
    const never = { ...signed, timestamp: Number.NaN };
    expect(isSigned(never, sign(never, [secret]), [secret], now)).toBe(false);
  });
});

test('a sealed secret opens for its row and its house alone', () => {
  const house = Buffer.from('a secret of this house, long enough');
  const sealed = seal(house, 'trigger/welcome', secret);
  expect(unseal([house], 'trigger/welcome', sealed)).toBe(secret);
  expect(sealed.includes(Buffer.from(secret.slice(6)))).toBe(false);
  expect(seal(house, 'trigger/welcome', secret).equals(sealed)).toBe(false);
  const other = Buffer.from('a secret of another house, as long');
  const bent = Buffer.from(sealed);
  bent[bent.length - 1] = (bent.at(-1) ?? 0) ^ 1;
  for (const [key, row, bytes] of [
    [house, 'trigger/other', sealed],
    [other, 'trigger/welcome', sealed],
    [house, 'trigger/welcome', bent],
    [house, 'trigger/welcome', Buffer.alloc(3)],
  ] as const) {
    expect(() => unseal([key], row, bytes)).toThrow(expect.objectContaining({ code: 'secret-unreadable' }));
  }
});

test('ten tries over three days, each a little later than the last, and later where the receiver asks', () => {
  const delays = Array.from({ length: 10 }, (_, index) => nextTryMs(index + 1, 0));
  expect(delays.slice(0, 4)).toEqual([5000, 300_000, 1_800_000, 7_200_000]);
  expect(delays.at(-1)).toBeNull();
  const hours = delays.reduce<number>((sum, ms) => sum + (ms ?? 0), 0) / 3_600_000;
  expect(hours).toBeGreaterThan(72);
  expect(hours).toBeLessThan(78);
  expect(nextTryMs(1, 0.5)).toBe(5500);
  expect(nextTryMs(1, 0, 60_000)).toBe(60_000);
  expect(nextTryMs(1, 0, 1e12)).toBe(24 * 3_600_000);
});
