import { expect, test } from 'vitest';
import { funnel } from '../../src/measure/funnel.ts';

test('people and machines are counted apart, shares are of the accepted', () => {
  const counted = funnel({ total: 250, byState: { accepted: 200, skipped: 50 } }, [
    { kind: 'open', machine: false, snapshots: 100 },
    { kind: 'open', machine: true, snapshots: 180 },
    { kind: 'video-start', machine: false, snapshots: 20 },
    { kind: 'unsubscribe', machine: false, snapshots: 3 },
  ]);
  expect(counted).toEqual({
    steps: [
      { step: 'planned', people: 250, share: null },
      { step: 'accepted', people: 200, share: 0.8 },
      { step: 'opened', people: 100, share: 0.5 },
      { step: 'visited', people: 0, share: 0 },
      { step: 'watched', people: 20, share: 0.1 },
      { step: 'clicked', people: 0, share: 0 },
      { step: 'answered', people: 0, share: 0 },
    ],
    unsubscribed: 3,
    machines: { open: 180 },
  });
});

test('nothing accepted: no shares rather than a division by zero', () => {
  expect(funnel({ total: 0, byState: {} }, []).steps.every((it) => it.share === null)).toBe(true);
});
