import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { campaignSchema } from '../../../src/campaign/campaign.ts';
import { DearlyError } from '../../../src/errors.ts';
import type { Figures } from '../../../src/measure/cell.ts';
import type { ChosenBy } from '../../../src/measure/choose-winner.ts';
import { compareVariants } from '../../../src/measure/compare-variants.ts';
import type { Counts, VariantTally } from '../../../src/run/campaign/counts.ts';
import { reportOf } from '../../../src/run/campaign/report.ts';
import type { Run, Tally } from '../../../src/run/ledger.ts';
import { describeReport } from '../../../src/shell/cli/report-text.ts';

const noFigures: Figures = { sent: [], deeds: [], values: [], arms: [], answers: [], chat: [] };

const variants = [{ name: 'plain' }, { name: 'short-subject' }];

interface Told {
  readonly campaign?: object;
  readonly winner?: string | null;
  readonly chosenBy?: ChosenBy;
  readonly tallies?: readonly VariantTally[];
  readonly heldOut?: number;
  readonly figures?: Figures;
  readonly isSampleOut?: boolean;
  readonly converted?: { readonly heldOut: number; readonly others: number };
}

/** A run whose counts are told: what PostgreSQL counts is held to the truth in test/adapters/postgres/counts.test.ts. */
async function textOf({
  campaign = {},
  winner = null,
  chosenBy = 'evidence',
  ...told
}: Told): Promise<string> {
  const run: Run = {
    id: '3f6c1c0e-0000-4000-8000-000000000000',
    kind: 'campaign',
    name: 'autumn\u001b[31m-offer',
    occurrence: '2026-11-22',
    campaign: campaignSchema.parse({
      name: 'autumn-offer',
      pack: 'offer',
      sender: 's',
      variants,
      ...campaign,
    }),
    state: 'running',
    pauseReason: null,
    winner,
    decideAt: '2026-11-23T09:00:00.000Z',
    createdAt: '2026-11-22T08:00:00.000Z',
    endedAt: null,
  };
  const tally: Tally = {
    total: 20_000,
    byState: { accepted: 11_900, skipped: 2100, planned: 6000 },
    skipped: { ...(told.heldOut && { holdout: told.heldOut }), 'no-consent': 100 },
    open: 6000,
  };
  const evidence = compareVariants(
    [
      { variant: 'plain', people: 401, hits: 10 },
      { variant: 'short-subject', people: 410, hits: 29 },
    ],
    { by: 'clicks' },
  );
  const counts: Counts = {
    variants: async () => told.tallies ?? [],
    converted: async () => told.converted ?? { heldOut: 0, others: 0 },
    figures: async () => told.figures ?? noFigures,
    isSampleOut: async () => told.isSampleOut ?? false,
    undecided: async () => [],
    decideAt: async () => {},
    decided: async () =>
      winner === null
        ? null
        : {
            at: '2026-11-22T15:24:02.000Z',
            decision: { ...evidence, chosenBy, until: '2026-11-22T15:24:00.000Z' },
          },
  };
  const report = await reportOf(run.id, {
    counts,
    shelf: { pack: async () => Promise.reject(new DearlyError('pack-missing', 'none')) },
    ledger: { find: async () => run, tally: async () => tally },
  });
  return stripVTControlCharacters(describeReport(report));
}

const tallies: readonly VariantTally[] = [
  { variant: 'plain', phase: 'sample', accepted: 455, trackable: 401, clicked: 12, converted: 3 },
  { variant: 'short-subject', phase: 'sample', accepted: 461, trackable: 410, clicked: 34, converted: 9 },
  {
    variant: 'short-subject',
    phase: 'rest',
    accepted: 10_984,
    trackable: 9800,
    clicked: 790,
    converted: 180,
  },
];

const phases = { variant: 'short-subject', phase: 'rest' } as const;
const did = { ...phases, machine: false, tracked: true, mark: null };
const figures: Figures = {
  ...noFigures,
  sent: [
    { ...phases, state: 'accepted', people: 11_900, tracked: 10_611 },
    { ...phases, state: 'bounced', people: 100, tracked: 0 },
  ],
  deeds: [
    { ...did, deed: 'click', people: 824 },
    { ...did, deed: 'click', machine: true, people: 444 },
    { ...did, deed: 'video-start', people: 60 },
    { ...did, deed: 'video-start', mark: 50, people: 40 },
    { ...did, deed: 'visit', tracked: false, people: 7 },
  ],
};

test('a campaign that was decided on evidence, with a holdout', async () => {
  const text = await textOf({
    campaign: { holdout: 0.1 },
    winner: 'short-subject',
    tallies,
    figures,
    heldOut: 2000,
    converted: { heldOut: 11, others: 200 },
  });
  expect(text).toMatchInlineSnapshot(`
    "autumn?[31m-offer 2026-11-22: running

                     people    share   95 % interval   machines
      planned        20,000                                      ███████████████
      sent           12,000   60.0 %                             █████████
      accepted       11,900   99.2 %                             ██████████████▉
      bounced           100    0.8 %                             ▏

      of 10,611 who had agreed to be counted
      opened              0    0.0 %    0.0 – <0.1 %
      clicked           824    7.8 %    7.3 –  8.3 %        444  █▏
      visited             0    0.0 %    0.0 – <0.1 %
      played            100    0.9 %    0.8 –  1.1 %             ▏
      watched-25         40    0.4 %    0.3 –  0.5 %             ▏
      watched-50         40    0.4 %    0.3 –  0.5 %             ▏
      watched-75          0    0.0 %    0.0 – <0.1 %
      watched-100         0    0.0 %    0.0 – <0.1 %
      interacted          0    0.0 %    0.0 – <0.1 %

      of 11,900 whose message was accepted
      answered            0    0.0 %    0.0 – <0.1 %
      converted           0    0.0 %    0.0 – <0.1 %
      unsubscribed        0    0.0 %    0.0 – <0.1 %
      complained          0    0.0 %    0.0 – <0.1 %

      agreed to be counted only later, so in no share: 7 visited

      how far they came, everybody who got the variant
                   plain   short-subject
      sent             0          12,000
      accepted         –          99.2 %
      bounced          –           0.8 %
      clicked          –           7.8 %
      played           –           0.9 %
      watched-25       –           0.4 %
      watched-50       –           0.4 %

      clicks, per person who agreed to be counted, in the sample, 5.0 % of the audience
                      people   clicks    rate   95 % interval   P(best)
      plain              401       12   3.0 %    1.7 –  5.2 %     0.1 %
      short-subject      410       34   8.3 %    6.0 – 11.4 %    99.9 %  winner

      conversions, per person whose message was accepted, in the sample, 5.0 % of the audience
                      people   conversions    rate   95 % interval   P(best)
      plain              455             3   0.7 %    0.2 –  1.9 %     4.7 %
      short-subject      461             9   2.0 %    1.0 –  3.7 %    95.3 %  winner

      The rest gets short-subject: named on 2026-11-22 15:24 UTC by clicks, on evidence: best with 99.9 %.
               accepted   clicks   95 % interval   conversions   95 % interval
      sample        461    8.3 %    6.0 – 11.4 %         2.0 %    1.0 –  3.7 %
      rest       10,984    8.1 %    7.5 –  8.6 %         1.6 %    1.4 –  1.9 %

      held out, conversions per person; everyone else includes those who could not be reached, as the held-out do
                      people   conversions    rate   95 % interval
      held out         2,000            11   0.5 %    0.3 –  1.0 %
      everyone else   18,000           200   1.1 %    1.0 –  1.3 %
        written to    11,900           192   1.6 %    1.4 –  1.9 %
      Being written to has brought +0.6 points (95 %: +0.1 to +0.9), +102 % of the rate without.
    "
  `);
});

test.each<[ChosenBy, RegExp]>([
  [
    'time',
    /named on 2026-11-22 15:24 UTC by clicks, its time was up, and it had the best rate; the evidence alone/,
  ],
  [
    'no-hits',
    /its time was up and nobody had done anything; it is the first of the file, not the better one\./,
  ],
  ['no-people', /there was nobody to count; it is the first of the file, not the better one\./],
])('a winner chosen by %s says so', async (chosenBy, expected) => {
  expect(await textOf({ winner: 'plain', chosenBy, tallies })).toMatch(expected);
});

test('before there is a winner it says what is waited for', async () => {
  const text = await textOf({ tallies: tallies.slice(0, 2), isSampleOut: true });
  const waited = 'No winner yet: as soon as one is best with 95.0 % by clicks';
  expect(text).toContain(`${waited}, 2026-11-23 09:00 UTC at the latest.`);
  expect(text).not.toContain('rest   ');
  // Until the sample is out nobody knows when that will be.
  expect(await textOf({})).toContain(`${waited}, 24 h after the sample is out at the latest.`);
});

test('nobody has a variant yet: no rate, and no probability out of nothing', async () => {
  expect(await textOf({})).toMatch(/short-subject +0 +0 +– +– +–/);
});

test('a difference that may be chance is called so', async () => {
  const text = await textOf({
    campaign: { holdout: 0.1 },
    heldOut: 200,
    converted: { heldOut: 1, others: 120 },
  });
  expect(text).toMatch(
    /has brought \+0\.1 points \(95 %: −\d\.\d to \+\d\.\d\), \+21 % of the rate without; that may be chance\./,
  );
});

test('one variant for everybody: nothing is compared', async () => {
  const text = await textOf({ campaign: { variants: [{ name: 'a' }] } });
  expect(text).not.toContain('P(best)');
  expect(text).not.toContain('inner');
});
