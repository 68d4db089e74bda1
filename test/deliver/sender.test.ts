import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSender } from '../../src/adapters/smtp/load-sender.ts';
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

test('a DKIM key is read beside the file, and checked before the first message', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dearly-sender-'));
  try {
    const example = readFileSync('examples/senders/nordlicht.yaml', 'utf8');
    const path = join(folder, 'x.yaml');
    writeFileSync(path, `${example}\ndkim: { domain: example.com, selector: s1, key_file: key.pem }\n`);
    await expect(loadSender(path, 'x.yaml')).rejects.toMatchObject({
      code: 'campaign-invalid',
      details: ['x.yaml: key.pem: expected a private key in PEM form'],
    });
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    writeFileSync(join(folder, 'key.pem'), privateKey);
    expect((await loadSender(path)).dkim).toEqual({ domain: 'example.com', selector: 's1', privateKey });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
