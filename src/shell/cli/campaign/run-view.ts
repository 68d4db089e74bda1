// Enters: where a run stands. Leaves: lines for a terminal. Never: a query, or a clock of its own.
import type { RunBreakdown } from '../../../adapters/postgres/run-breakdown.ts';
import type { Progress } from '../../../measure/progress.ts';
import type { Run, Tally } from '../../../run/ledger.ts';
import type { State } from '../../../run/transitions.ts';
import { bar, bold, dim, many, percent, printable, type Style, table, track } from '../paint.ts';
import { inMinutes } from '../progress.ts';

export interface RunView {
  readonly run: Run;
  readonly tally: Tally;
  readonly progress: Progress;
  readonly breakdown: RunBreakdown | null;
}

/** In the order in which a row goes through them. */
const shown: readonly (readonly [State, Style])[] = [
  ['accepted', 'green'],
  ['planned', 'gray'],
  ['claimed', 'cyan'],
  ['handoff', 'cyan'],
  ['deferred', 'yellow'],
  ['skipped', 'gray'],
  ['bounced', 'red'],
  ['failed', 'red'],
  ['unknown', 'magenta'],
  ['cancelled', 'gray'],
];

const barWidth = 32;

export function describeRun({ run, tally, progress, breakdown }: RunView, now: Date): string[] {
  const pace = run.state === 'running' && progress.perSecond ? `${inRate(progress.perSecond)} a second` : '';
  const left =
    run.state === 'running' && progress.secondsLeft ? `${inMinutes(progress.secondsLeft)} left` : '';
  const why = run.pauseReason && run.state === 'paused' ? dim(` (${printable(run.pauseReason)})`) : '';
  return [
    `${bold(`${run.name} ${run.occurrence}`)}: ${run.state}${why}`,
    '',
    `  ${track(progress.share, 40)}  ${percent(progress.share).padStart(5)}   ${many(progress.ended)} of ${many(progress.total)}`,
    // A line of its own: beside the rest it would lie behind the edge of a terminal of 80 columns.
    ...(pace ? [`  ${[pace, left].filter(Boolean).join(', ')}`] : []),
    '',
    ...statesOf(tally).map((it) => `  ${it}`),
    ...winnerOf(run, breakdown, now),
    ...(breakdown ? section('variants', variantsOf(breakdown, run)) : []),
    ...(breakdown ? section('domains', domainsOf(breakdown, now)) : []),
    ...(breakdown ? section('reasons', reasonsOf(breakdown)) : []),
  ];
}

function statesOf({ byState, skipped, total }: Tally): string[] {
  const present = shown.filter(([state]) => (byState[state] ?? 0) > 0);
  const width = Math.max(0, ...present.map(([state]) => many(byState[state] ?? 0).length));
  return present.map(([state, style]) => {
    const count = byState[state] ?? 0;
    const reasons = Object.entries(skipped).sort((a, b) => b[1] - a[1]);
    const why = reasons.map(([reason, part]) => `${many(part)} ${printable(reason)}`).join(', ');
    const note = state === 'skipped' && why ? `  ${dim(why)}` : '';
    return `${state.padEnd(10)} ${many(count).padStart(width)}  ${bar(count / Math.max(1, total), barWidth, style)}${note}`;
  });
}

function winnerOf({ campaign, winner, decideAt }: Run, breakdown: RunBreakdown | null, now: Date): string[] {
  const { sample } = campaign;
  if (sample === null) return [];
  const line = (text: string) => ['', `  ${dim('winner'.padEnd(10))} ${text}`];
  if (winner !== null) return line(`${bold(winner)}: the rest gets it`);
  if (decideAt === null || !isSampleOut(breakdown)) {
    const after = inMinutes(sample.decide_after_hours * 3600);
    return line(`decided by ${sample.by}, ${after} after the sample is out at the latest`);
  }
  const inSeconds = (Date.parse(decideAt) - now.getTime()) / 1000;
  const when = inSeconds > 0 ? `in ${inMinutes(inSeconds)} at the latest` : 'now due';
  return line(`not decided yet; ${when}, by ${sample.by}`);
}

/** Its time starts when nine in ten have ended; until then `decideAt` is a guess. */
function isSampleOut(breakdown: RunBreakdown | null): boolean {
  const sample = (breakdown?.variants ?? []).filter((it) => it.phase === 'sample');
  const sum = (of: (it: (typeof sample)[number]) => number) => sample.reduce((all, it) => all + of(it), 0);
  return sum((it) => it.open) <= 0.1 * sum((it) => it.total);
}

function variantsOf({ variants }: RunBreakdown, { campaign }: Run): string[] {
  if (campaign.variants.length < 2) return [];
  const rows = variants.map((it) => [
    it.variant,
    it.phase ?? 'all',
    many(it.total),
    many(it.accepted),
    many(it.open),
  ]);
  return rows.length === 0 ? [] : table([['', '', 'people', 'accepted', 'open'], ...rows], [0, 1]);
}

function domainsOf({ domains }: RunBreakdown, now: Date): string[] {
  if (domains.length === 0) return [];
  const rows = domains.map((it) => [
    printable(it.domain),
    many(it.deferred),
    many(it.bounced),
    many(it.failed),
    it.pausedUntil === null
      ? ''
      : `paused for ${inMinutes((Date.parse(it.pausedUntil) - now.getTime()) / 1000)}`,
  ]);
  return table([['', 'deferred', 'bounced', 'failed', ''], ...rows], [0, 4]);
}

function reasonsOf({ reasons }: RunBreakdown): string[] {
  return table(
    reasons.map(({ state, reason, count }) => [many(count), state, dim(printable(reason))]),
    [1, 2],
  );
}

function section(name: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `  ${dim(name)}`, ...lines.map((it) => `  ${it}`)];
}

function inRate(perSecond: number): string {
  return perSecond >= 10 ? many(Math.round(perSecond)) : perSecond.toFixed(1);
}
