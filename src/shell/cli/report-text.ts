// Enters: a Report. Leaves: the text a person reads, figures under each other. Never: a figure that the report does not have.
import type { ChosenBy } from '../../measure/choose-winner.ts';
import type { Measured } from '../../measure/uplift.ts';
import type { Report, SampleReport } from '../../run/campaign/report.ts';
import type { HoldoutReport } from '../../run/campaign/report-holdout.ts';
import type { VariantReport } from '../../run/campaign/report-variants.ts';
import { bold, dim, many, printable, table } from './paint.ts';
import { minute, points, range, share } from './report/figures.ts';
import { funnelText, variantsText } from './report/funnel-text.ts';
import { costText, pageText, surveyText, upliftText, valuesText } from './report/outcome-text.ts';

export function describeReport(report: Report): string {
  const { run, variants, sample, holdout } = report;
  const several = variants.length > 1;
  const parts = [
    [`${bold(`${printable(run.name)} ${printable(run.occurrence)}`)}: ${run.state}`],
    funnelText(report.funnel),
    several ? variantsText(variants) : [],
    several ? comparisonOf(variants, sample) : [],
    several && sample ? [...winnerOf(sample), ...restOf(variants)] : [],
    valuesText(report, variants),
    costText(report.cost, variants),
    ...report.surveys.map(surveyText),
    pageText(report.reading, report.chat),
    holdout ? holdoutOf(holdout) : [],
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function comparisonOf(variants: readonly VariantReport[], sample: SampleReport | null): string[] {
  const where = sample ? `the sample, ${share(sample.share)} of the audience` : 'the whole audience';
  const block = (title: string, of: (it: VariantReport) => VariantReport['clicks'], who: string) => [
    `  ${bold(title)}${dim(`, per person ${who}, in ${where}`)}`,
    ...table([
      ['', 'people', title, 'rate', '95 % interval', 'P(best)'],
      ...variants.map((it) => [
        printable(it.name),
        ...figures(of(it)),
        of(it).people === 0 ? '–' : share(of(it).probabilityBest),
      ]),
    ]).map(
      (row, at) => `  ${at === 0 ? dim(row) : row}${variants[at - 1]?.isWinner ? `  ${bold('winner')}` : ''}`,
    ),
  ];
  return [
    ...block('clicks', (it) => it.clicks, 'who agreed to be counted'),
    '',
    ...block('conversions', (it) => it.conversions, 'whose message was accepted'),
  ];
}

const reasons: Readonly<Record<ChosenBy, string>> = {
  evidence: 'on evidence',
  time: 'its time was up, and it had the best rate; the evidence alone would not have named it',
  'no-hits': 'its time was up and nobody had done anything; it is the first of the file, not the better one',
  'no-people': 'there was nobody to count; it is the first of the file, not the better one',
};

function winnerOf({
  winner,
  decidedAt,
  chosenBy,
  decideAt,
  decideAfterHours,
  by,
  evidence,
  confidence,
}: SampleReport): string[] {
  if (winner === null) {
    const until =
      decideAt === null
        ? `, ${decideAfterHours} h after the sample is out at the latest`
        : `, ${minute(decideAt)} at the latest`;
    return [`  No winner yet: as soon as one is best with ${share(confidence)} by ${by}${until}.`];
  }
  const chance = evidence?.find((it) => it.variant === winner)?.probabilityBest;
  const best = chosenBy === 'evidence' && chance !== undefined ? `: best with ${share(chance)}` : '';
  const why = chosenBy === null ? '' : `, ${reasons[chosenBy]}${best}`;
  const when = decidedAt === null ? '' : ` on ${minute(decidedAt)}`;
  return [`  The rest gets ${bold(printable(winner))}: named${when} by ${by}${why}.`];
}

/** How the winner did in the sample, and what became of that in the rest. */
function restOf(variants: readonly VariantReport[]): string[] {
  const winner = variants.find((it) => it.isWinner);
  if (!winner?.sample || !winner.rest) return [];
  const row = (name: string, phase: NonNullable<VariantReport['rest']>) => [
    name,
    many(phase.accepted),
    ...rateAndInterval(phase.clicks),
    ...rateAndInterval(phase.conversions),
  ];
  return table([
    ['', 'accepted', 'clicks', '95 % interval', 'conversions', '95 % interval'],
    row('sample', winner.sample),
    row('rest', winner.rest),
  ]).map((line, at) => `  ${at === 0 ? dim(line) : line}`);
}

function holdoutOf({ heldOut, others, writtenTo, uplift, values }: HoldoutReport): string[] {
  const { difference, interval, relative, isClear } = uplift;
  const verdict =
    difference === null
      ? 'Nobody to compare with.'
      : `Being written to has brought ${points(difference)} points (95 %: ${points(interval.low)} to ${points(interval.high)})` +
        `${relative === null ? '' : `, ${relative < 0 ? '−' : '+'}${Math.abs(relative * 100).toFixed(0)} % of the rate without`}${isClear ? '.' : '; that may be chance.'}`;
  return [
    `  ${bold('held out')}${dim(', conversions per person; everyone else includes those who could not be reached, as the held-out do')}`,
    ...table([
      ['', 'people', 'conversions', 'rate', '95 % interval'],
      ['held out', ...figures(heldOut)],
      ['everyone else', ...figures(others)],
      ['  written to', ...figures(writtenTo)],
    ]).map((row, at) => `  ${at === 0 ? dim(row) : row}`),
    `  ${verdict}`,
    ...upliftText(values),
  ];
}

function figures(it: Measured): string[] {
  return [many(it.people), many(it.hits), ...rateAndInterval(it)];
}

function rateAndInterval({ rate, interval }: Measured): string[] {
  return rate === null ? ['–', '–'] : [share(rate), range(interval)];
}
