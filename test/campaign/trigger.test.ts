import { expect, test } from 'vitest';
import { readTrigger } from '../../src/campaign/trigger.ts';

const file = 'welcome.yaml';
const head = 'name: welcome\npack: welcome\nsender: nordlicht\n';

test('a trigger is a campaign for whom the event names: variants by weight, no sample', () => {
  const { campaign } = readTrigger(
    `${head}variants: [{ name: a }, { name: b, subject: short }]\nholdout: 0.1\n`,
    file,
  );
  expect(campaign).toMatchObject({ audience: true, sample: null, holdout: 0.1, on_unknown: 'hold' });
  expect(campaign?.variants).toHaveLength(2);
  expect(campaign?.schedule).toBeUndefined();
});

test('what only a campaign can say is no field of its file', () => {
  const draft = readTrigger(`${head}schedule: { cron: "0 9 * * *" }\nsample: null\naudience: true\n`, file);
  expect(draft.campaign).toBeNull();
  expect(draft.describe(draft.complaints)).toEqual([
    'welcome.yaml:4: schedule: no such field',
    'welcome.yaml:5: sample: no such field',
    'welcome.yaml:6: audience: no such field',
  ]);
});
