import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseCampaign } from '../../src/campaign/campaign.ts';
import { DearlyError } from '../../src/errors.ts';

function errorsOf(text: string): readonly string[] {
  try {
    parseCampaign(text, 'c.yaml');
  } catch (error) {
    if (error instanceof DearlyError && error.code === 'campaign-invalid') return error.details;
    throw error;
  }
  return [];
}

test('the example campaign is one', () => {
  const file = 'examples/campaigns/statement.yaml';
  expect(parseCampaign(readFileSync(file, 'utf8'), file)).toMatchObject({
    pack: 'statement',
    on_unknown: 'hold',
  });
});

test('defaults are resolved once, here', () => {
  expect(parseCampaign('name: a\npack: b\nsender: c\n', 'c.yaml')).toEqual({
    name: 'a',
    pack: 'b',
    sender: 'c',
    audience: true,
    channels: ['email', 'site'],
    variants: [{ name: 'a', weight: 1 }],
    sample: null,
    holdout: 0,
    attachments: [],
    on_unknown: 'hold',
    retry_hours: 72,
    links_expire_days: 400,
  });
});

test('every error is told at once, with its line', () => {
  const errors = errorsOf(
    'name: Yearly Statement\npack: statement\nsendr: x\nretry_hours: 100\naudience:\n  field: shoe\n',
  );
  expect(errors.map((line) => line.split(':').slice(0, 3).join(':'))).toEqual([
    'c.yaml:1: name',
    'c.yaml:1: sender',
    'c.yaml:3: sendr',
    'c.yaml:4: retry_hours',
    'c.yaml:5: audience',
    'c.yaml:5: audience',
  ]);
});

test('what is no YAML says where', () => {
  expect(errorsOf('name: [a\npack: b')[0]).toMatch(/^c\.yaml:\d+: /);
});
