import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseCampaign, readCampaign } from '../../src/campaign/read-campaign.ts';
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
    'c.yaml:5: audience.op',
    'c.yaml:6: audience.field',
  ]);
});

test('what is no YAML says where', () => {
  expect(errorsOf('name: [a\npack: b')[0]).toMatch(/^c\.yaml:\d+: /);
});

const head = 'name: a\npack: b\nsender: c\n';
const two = 'variants:\n  - name: short\n  - name: long\n    subject: long\n';

test.each([
  ['a day that no month has', 'schedule:\n  cron: 0 9 31 2 *\n', '5: schedule.cron: never comes'],
  ['a minute that no hour has', 'schedule:\n  cron: 60 9 * * *\n', '5: schedule.cron: expected five fields'],
  ['seconds in cron', 'schedule:\n  cron: 0 0 9 * * *\n', '5: schedule.cron: expected five fields'],
  ['a day that is none', 'schedule: {at: 2026-02-30T09:00}\n', '4: schedule.at: '],
  [
    'no such zone',
    'schedule: {cron: 0 9 * * *, time_zone: Berlin}\n',
    '4: schedule.time_zone: expected an IANA',
  ],
  ['an empty schedule', 'schedule: {time_zone: UTC}\n', '4: schedule: expected cron, at or local_time'],
  ['both', 'schedule: {cron: 0 9 * * *, at: 2026-02-03T09:00}\n', '4: schedule: expected cron or at'],
  ['quiet all day', 'quiet_hours: {from: "09:00", until: "09:00"}\n', '4: quiet_hours: cover the whole day'],
  [
    'told to write when it is quiet',
    'quiet_hours: {from: "20:00", until: "08:00"}\nschedule:\n  local_time: "07:00"\n',
    '6: schedule.local_time: lies in the quiet hours',
  ],
  ['a sample of one', 'sample: {share: 0.1}\n', '4: sample: expected several variants'],
  ['nobody left', `${two}sample: {share: 0.5}\nholdout: 0.5\n`, '9: holdout: leaves nobody'],
  [
    'scenes of nothing',
    'variants:\n  - name: x\n    scenes: [hello]\n',
    '6: variants.0.scenes: needs a composition',
  ],
  ['a film of nothing', 'channels: [email, video]\n', '4: channels.1: video needs a composition'],
  [
    'a field that is none, deep in the rule',
    'audience:\n  all:\n    - { field: lang, op: eq, value: de }\n    - not:\n        { field: shoe, op: eq, value: 44 }\n',
    '8: audience.all.1.not.field: expected locale',
  ],
  [
    'a limit that limits nothing',
    'throttle:\n  per_second: 5\n  per_domain: 10\n  domains: {example.com: 6}\n',
    '6: throttle.per_domain: is above per_second',
  ],
])('%s is refused with its line', (_, text, expected) => {
  expect(errorsOf(head + text)[0]).toContain(`c.yaml:${expected}`);
});

test('conflicts stand beside fields that are wrong', () => {
  const errors = errorsOf('name: a\npack: B\nsender: c\nchannels: [email, video]\nvariants:\n  - name: X\n');
  expect(errors.map((it) => it.split(':').slice(1, 3).join(':'))).toEqual([
    '2: pack',
    '4: channels.1',
    '6: variants.0.name',
  ]);
});

test('a short time that goes over midnight is no conflict', () => {
  const text = 'quiet_hours: {from: "20:00", until: "08:00"}\nschedule: {local_time: "08:00"}\n';
  expect(errorsOf(head + text)).toEqual([]);
});

test('two variants that say the same are doubted, not refused', () => {
  const draft = readCampaign(`${head}variants:\n  - name: a\n  - name: b\n`, 'c.yaml');
  expect(draft.campaign).not.toBeNull();
  expect(draft.describe(draft.doubts)).toEqual([
    'c.yaml:6: variants.1: says the same as a: their figures can only differ by chance',
  ]);
});

test('a bomb of aliases is refused', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n`;
  expect(errorsOf(bomb)).toHaveLength(1);
});

test('errors speak of the file, not of the program that reads it', () => {
  expect(errorsOf('')).toEqual(['c.yaml:1: file: expected fields, each as name: value']);
  expect(
    errorsOf(`name: a
pack: b
audience: germans
schedule: { at: 2026-02-30T09:00 }
variants:
  - weight: 0
sample: { share: 0, by: opens }
holdout: lots
retry_hours: 100
`),
  ).toEqual([
    'c.yaml:1: sender: is missing',
    'c.yaml:3: audience: expected a rule such as { field: lang, op: eq, value: de }, or true for everyone',
    'c.yaml:4: schedule.at: expected a day and a time such as 2026-12-01T09:00',
    'c.yaml:6: variants.0.name: is missing',
    'c.yaml:6: variants.0.weight: expected more than 0',
    'c.yaml:7: sample.share: expected more than 0',
    'c.yaml:7: sample.by: expected one of clicks, conversions',
    'c.yaml:8: holdout: expected a number',
    'c.yaml:9: retry_hours: expected at most 72',
  ]);
});
