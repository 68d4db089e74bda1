import { expect, test } from 'vitest';
import { campaignSchema } from '../../../src/campaign/campaign.ts';
import type { CampaignPlan } from '../../../src/run/campaign/plan-campaign.ts';
import type { Run } from '../../../src/run/ledger.ts';
import { describeCampaignPlan } from '../../../src/shell/cli/campaign/plan-view.ts';
import { describeRun } from '../../../src/shell/cli/campaign/run-view.ts';

const now = new Date('2026-11-22T12:00:00Z');
const campaign = campaignSchema.parse({
  name: 'offer',
  pack: 'offer',
  sender: 'nordlicht',
  variants: [{ name: 'short' }, { name: 'long', subject: 'long' }],
});

const run: Run = {
  id: '1',
  kind: 'campaign',
  name: 'offer',
  occurrence: '2026',
  campaign,
  state: 'running',
  pauseReason: null,
  winner: null,
  decideAt: '2026-11-22T13:00:00Z',
  createdAt: '2026-11-22T11:00:00Z',
  endedAt: null,
};

test('a run in lines: how far, how fast, where the trouble is', () => {
  const lines = describeRun(
    {
      run,
      tally: {
        total: 1000,
        byState: { accepted: 200, planned: 750, deferred: 40, skipped: 10 },
        skipped: { 'no-consent': 7, 'no-address': 3 },
        open: 790,
      },
      progress: { total: 1000, ended: 210, share: 0.21, perSecond: 12.5, secondsLeft: 63 },
      breakdown: {
        variants: [{ variant: 'long', phase: 'sample', total: 50, accepted: 45, open: 5 }],
        domains: [
          {
            domain: 'slow.example\u001b[2J',
            deferred: 40,
            bounced: 0,
            failed: 0,
            pausedUntil: '2026-11-22T12:02:00Z',
          },
        ],
        reasons: [{ state: 'deferred', reason: '421 slow\u001b]0;down', count: 40 }],
      },
    },
    now,
  );
  const text = lines.join('\n');
  expect(lines[0]).toBe('offer 2026: running');
  expect(text).toMatch(/21 % {3}210 of 1,000\n {2}13 a second, 1 min 03 s left\n/);
  expect(Math.max(...lines.map((it) => it.length))).toBeLessThan(80);
  expect(text).toMatch(/deferred +40/);
  expect(text).toMatch(/skipped +10 .*7 no-consent, 3 no-address/);
  expect(text).toContain('not decided yet; in 1 h 00 min at the latest, by clicks');
  expect(text).toMatch(/slow\.example.* 40 +0 +0 +paused for 2 min 00 s/);
  // Servers choose their words; the terminal obeys none of them.
  expect(text).not.toContain('\u001b');
});

test('the winner’s time is told once it runs: when nine in ten of the sample are out', () => {
  const tally = { total: 1000, byState: { planned: 1000 }, skipped: {}, open: 1000 };
  const progress = { total: 1000, ended: 0, share: 0, perSecond: null, secondsLeft: null };
  const text = (open: number) => {
    const variants = [{ variant: 'long', phase: 'sample' as const, total: 50, accepted: 50 - open, open }];
    const breakdown = { variants, domains: [], reasons: [] };
    return describeRun({ run, tally, progress, breakdown }, now).join('\n');
  };
  expect(text(6)).toContain('decided by clicks, 24 h 00 min after the sample is out at the latest');
  expect(text(5)).toContain('not decided yet; in 1 h 00 min at the latest, by clicks');
});

test('a plan in lines: what hurts is marked', () => {
  const texts = { limit: 78, over: 0, longest: 60, example: 'p1' };
  const plan: CampaignPlan = {
    campaign: 'offer',
    startsAt: now.toISOString(),
    people: 1000,
    reached: 900,
    skipped: { 'incomplete-data': 60, holdout: 40 },
    failed: {},
    facts: { points: { people: 60, problem: 'expected number' } },
    texts: { subject: texts, preheader: { ...texts, over: 3, longest: 99 }, htmlBytes: texts },
    variants: [
      { variant: 'short', people: 22, sensitivity: { rate: 0.05, seenFrom: 0.4 }, decides: false },
      { variant: 'long', people: 23, sensitivity: { rate: 0.05, seenFrom: 0.4 }, decides: false },
    ],
    sampled: 45,
    waits: { 'quiet-hours': { people: 5, until: '2026-11-23T07:00:00.000Z' } },
    domains: { top: [{ domain: 'example.org', people: 900 }], different: 1 },
    duration: {
      mergedPerSecond: 1000,
      seconds: { merging: 0.9, attaching: 450, perSecond: null, perDomain: null },
      sending: 450,
      limitedBy: 'attachments',
      decidesAfter: 86_400,
    },
    attachments: ['statement'],
    documents: { perSecond: 3, seconds: 300 },
    films: null,
  };
  const text = describeCampaignPlan(plan, campaign);
  expect(text).toMatch(/people +1,000/);
  expect(text).toMatch(/get it +900/);
  expect(text).toMatch(/points +60 +expected number/);
  expect(text).toContain('⚠ preheader  at most 99 of 78 characters: 3 are longer');
  expect(text).toContain('45 get them first (about 5 %); 855 get the winner');
  expect(text).toContain('⚠ too few to tell: against 5.0 % clicks, 40 % or more would show as better');
  expect(text).toContain('5 wait for the end of quiet hours, the last until Mon 23 Nov 2026, 07:00 UTC');
  expect(text).toContain('about 7 min 30 s, set by what is attached: each is made with its message');
  expect(text).toMatch(/statement +2\.0 a second in one process here/);
  expect(text).toMatch(/900 PDFs in about 5 min 00 s, beside the sending +3\.0 a second/);
  expect(text).toContain('the rest waits for the winner, 24 h 00 min at the latest');
});
