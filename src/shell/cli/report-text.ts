// Enters: a Report. Leaves: the text a person reads, figures under each other. Never: a figure that the report does not have.
import type { ChosenBy } from '../../measure/choose-winner.ts';
import type { Funnel } from '../../measure/funnel.ts';
import type { Interval } from '../../measure/proportion.ts';
import type { Measured } from '../../measure/uplift.ts';
import type { HoldoutReport, Report, SampleReport, VariantReport } from '../../run/campaign/report.ts';
import { bar, bold, dim, many, printable, table } from './paint.ts';

export function describeReport(report: Report): string {
  const { run, variants, sample, holdout } = report;
  return [
    `${bold(`${printable(run.name)} ${printable(run.occurrence)}`)}: ${run.state}`,
    '',
    ...funnelOf(report.funnel),
    ...(variants.length > 1 ? ['', ...comparisonOf(variants, sample)] : []),
    ...(sample && variants.length > 1 ? ['', ...winnerOf(sample), ...restOf(variants)] : []),
    ...(holdout ? ['', ...holdoutOf(holdout)] : []),
    '',
  ].join('\n');
}

function funnelOf({ steps, unsubscribed, machines }: Funnel): string[] {
  const most = Math.max(1, ...steps.map((it) => it.people));
  const rows = table(steps.map((it) => [it.step, many(it.people), it.share === null ? '' : share(it.share)]));
  const width = Math.max(...rows.map((row) => row.length));
  const hits = Object.entries(machines).map(([kind, count]) => `${many(count)} ${printable(kind)}`);
  return [
    ...rows.map((row, at) =>
      `  ${row.padEnd(width)}   ${bar((steps[at]?.people ?? 0) / most, 28, 'cyan')}`.trimEnd(),
    ),
    '',
    `  ${many(unsubscribed)} unsubscribed`,
    ...(hits.length > 0 ? [dim(`  by machines, in none of these: ${hits.join(', ')}`)] : []),
  ];
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
  by,
  evidence,
  confidence,
}: SampleReport): string[] {
  if (winner === null) {
    const until = decideAt === null ? '' : `, ${minute(decideAt)} at the latest`;
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

function holdoutOf({ heldOut, others, writtenTo, uplift }: HoldoutReport): string[] {
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
  ];
}

function figures(it: Measured): string[] {
  return [many(it.people), many(it.hits), ...rateAndInterval(it)];
}

function rateAndInterval({ rate, interval }: Measured): string[] {
  return rate === null ? ['–', '–'] : [share(rate), range(interval)];
}

function range({ low, high }: Interval): string {
  return `${(low * 100).toFixed(1).padStart(4)} – ${share(high).padStart(6)}`;
}

/** One decimal; never 100 % of what is less, or 0 % of what is more. */
function share(value: number): string {
  if (value > 0.9995 && value < 1) return '>99.9 %';
  if (value > 0 && value < 0.0005) return '<0.1 %';
  return `${(value * 100).toFixed(1)} %`;
}

function points(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value * 100).toFixed(1)}`;
}

/** UTC to the minute: reports are read in many places. */
function minute(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
