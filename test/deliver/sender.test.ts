import { generateKeyPairSync } from 'node:crypto';
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
    dkim: null,
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
    expect.stringMatching(/^senders\/x\.yaml:1: from\.address: .*expected string/),
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

test('a DKIM key is checked at load, not at the first message', () => {
  const example = readFileSync('examples/senders/nordlicht.yaml', 'utf8');
  const text = `${example}\ndkim: { domain: example.com, selector: s1, key_file: key.pem }\n`;
  const { privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const keys: Record<string, string> = { 'key.pem': privateKey };
  const { dkim } = parseSender(text, 'x.yaml', (file) => keys[file] ?? '');
  expect(dkim).toEqual({ domain: 'example.com', selector: 's1', privateKey });
  expect(() => parseSender(text, 'x.yaml', () => 'no key')).toThrow(
    expect.objectContaining({ details: ['x.yaml: dkim.key_file: expected a private key in PEM form'] }),
  );
});
