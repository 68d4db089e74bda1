import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseSender } from '../../src/deliver/sender.ts';
import { DearlyError } from '../../src/errors.ts';

const detailsOf = (text: string): readonly string[] => {
  try {
    parseSender(text, 'senders/x.yaml');
  } catch (error) {
    expect(error).toBeInstanceOf(DearlyError);
    expect((error as DearlyError).code).toBe('campaign-invalid');
    return (error as DearlyError).details;
  }
  return [];
};

test('the example loads', () => {
  const file = 'examples/senders/nordlicht.yaml';
  expect(parseSender(readFileSync(file, 'utf8'), file)).toMatchObject({
    from: { name: 'Nordlicht Energie', address: 'service@nordlicht-energie.example' },
    replyTo: 'kundenservice@nordlicht-energie.example',
    bounceDomain: null,
    dkim: [],
    legal: { company: 'Nordlicht Energie GmbH' },
  });
});

test('every error is named at once, with its line', () => {
  const text = `from:
  name: Nordlicht
  adress: x@example.com
reply_to: nobody
legal:
  company: "two\\nlines"
  lines: []
`;
  expect(detailsOf(text)).toEqual([
    'senders/x.yaml:1: from.address: is missing',
    'senders/x.yaml:3: from.adress: no such field',
    'senders/x.yaml:4: reply_to: expected an email address such as ada@example.org',
    'senders/x.yaml:6: legal.company: expected one line of text',
    expect.stringMatching(/^senders\/x\.yaml:7: legal\.lines: /),
  ]);
});

test('what is no YAML is named with its line', () => {
  expect(detailsOf('from:\n  name: "open\n')[0]).toMatch(/^senders\/x\.yaml:\d+: /);
  expect(detailsOf('')[0]).toMatch(/^senders\/x\.yaml:1: file: /);
});

const example = readFileSync('examples/senders/nordlicht.yaml', 'utf8');
const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ed25519 = generateKeyPairSync('ed25519').privateKey;
const keys: Record<string, string> = {
  'rsa.pem': pem(rsa),
  'ed.pem': pem(ed25519),
  'small.pem': pem(generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey),
  'ec.pem': pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
};
const withKeys = (dkim: string) =>
  parseSender(`${example}\ndkim: ${dkim}\n`, 'x.yaml', (file) => keys[file] ?? '');

test('one DKIM key, or an Ed25519 key beside an RSA key', () => {
  const [only] = withKeys('{ domain: example.com, selector: s1, key_file: rsa.pem }').dkim;
  expect(only).toMatchObject({ domain: 'example.com', selector: 's1' });
  expect(only?.privateKey.equals(rsa)).toBe(true);
  const two = withKeys(`[
    { domain: example.com, selector: s1, key_file: rsa.pem }, { domain: example.com, selector: s2, key_file: ed.pem }]`);
  expect(two.dkim.map(({ privateKey }) => privateKey.asymmetricKeyType)).toEqual(['rsa', 'ed25519']);
});

test.for([
  ['nothing.pem', 'x.yaml: dkim.key_file: expected a private key in PEM form'],
  ['small.pem', 'x.yaml: dkim.key_file: expected an RSA key of 2048 bits, or an Ed25519 key'],
  ['ec.pem', 'x.yaml: dkim.key_file: expected an RSA key of 2048 bits, or an Ed25519 key'],
  ['ed.pem', 'x.yaml: dkim: expected an RSA key; Ed25519 may sign beside it, but few receivers know it'],
])('a DKIM key is checked at load, not at the first message: %s', ([file, detail]) => {
  expect(() => withKeys(`{ domain: example.com, selector: s1, key_file: ${file} }`)).toThrow(
    expect.objectContaining({ code: 'campaign-invalid', details: [detail] }),
  );
});

test('a sender whose own address not every server takes is refused at load', () => {
  const text = example.replace('service@', 'sërvice@');
  expect(detailsOf(text)).toEqual([
    'senders/x.yaml:4: from.address: expected ASCII before the @: not every mail server takes more',
  ]);
});
