// Enters: funnels. Leaves: lines for a terminal: one funnel with bars, or several side by side. Never: a share without whom it is of.
import { type Funnel, type FunnelStep, type Step, stepOf, type Whole } from '../../../measure/funnel.ts';
import { bar, bold, dim, many, printable, table } from '../paint.ts';
import { range, share } from './figures.ts';

const barWidth = 15;

/** Told in three parts, by whom they are shares of. */
const parts: readonly {
  readonly of: readonly (Whole | null)[];
  readonly title: (among: string) => string;
}[] = [
  { of: [null, 'planned', 'sent'], title: () => '' },
  { of: ['tracked'], title: (among) => `of ${among} who had agreed to be counted` },
  { of: ['accepted'], title: (among) => `of ${among} whose message was accepted` },
];

const heads = ['', 'people', 'share', '95 % interval', 'machines'];

export function funnelText(funnel: Funnel): string[] {
  const told = shown(funnel);
  // One table, so that all parts stand under each other.
  const rows = table([heads, ...told.map(cells)]);
  const width = Math.max(...rows.map((it) => it.length));
  const lines = parts.flatMap(({ of, title }) => {
    const own = told.filter((it) => of.includes(it.of));
    if (own.length === 0) return [];
    const head = title(many(own[0]?.among ?? 0));
    return [
      ...(head === '' ? [`  ${dim(rows[0] ?? '')}`] : ['', `  ${dim(head)}`]),
      ...own.map((it) => line(it, rows[1 + told.indexOf(it)] ?? '', width)),
    ];
  });
  return [...lines, ...lateOnes(told)];
}

function cells({ step, people, share: part, interval, machines }: FunnelStep): string[] {
  return [
    step,
    many(people),
    part === null ? '' : share(part),
    part === null || interval === null ? '' : range(interval),
    machines ? many(machines) : '',
  ];
}

function line({ share: part, of }: FunnelStep, row: string, width: number): string {
  const style = of === 'tracked' ? 'cyan' : of === 'accepted' ? 'green' : 'gray';
  return `  ${row.padEnd(width)}  ${bar(of === null ? 1 : (part ?? 0), barWidth, style)}`.trimEnd();
}

/** Of a film that nobody played, how far it was watched says nothing. */
function shown(funnel: Funnel): FunnelStep[] {
  const isPlayed = (stepOf(funnel, 'played')?.people ?? 0) > 0;
  return funnel.steps.filter((it) => isPlayed || !it.step.startsWith('watched-'));
}

function lateOnes(steps: readonly FunnelStep[]): string[] {
  const late = steps.filter((it) => it.later > 0).map((it) => `${many(it.later)} ${it.step}`);
  if (late.length === 0) return [];
  return ['', dim(`  agreed to be counted only later, so in no share: ${late.join(', ')}`)];
}

const perTable = 4;

/** The share of each step, variant by variant. */
export function variantsText(
  variants: readonly { readonly name: string; readonly funnel: Funnel }[],
): string[] {
  // What nobody did tells no variants apart.
  const isDone = (step: Step) => variants.some((it) => (stepOf(it.funnel, step)?.people ?? 0) > 0);
  const names = (variants[0]?.funnel.steps ?? []).map((it) => it.step).filter(isDone);
  if (names.length === 0) return [];
  const tables = Array.from({ length: Math.ceil(variants.length / perTable) }, (_, at) =>
    variants.slice(at * perTable, (at + 1) * perTable),
  );
  return [
    `  ${bold('how far they came')}${dim(', everybody who got the variant')}`,
    ...tables.flatMap((them, at) => [
      ...(at > 0 ? [''] : []),
      ...table([
        ['', ...them.map((it) => clip(it.name))],
        ...names.map((step) => [step, ...them.map((it) => cell(stepOf(it.funnel, step)))]),
      ]).map((row, index) => `  ${index === 0 ? dim(row) : row}`),
    ]),
  ];
}

function cell(step: FunnelStep | undefined): string {
  if (step === undefined) return '';
  return step.of === null ? many(step.people) : step.share === null ? '–' : share(step.share);
}

function clip(name: string): string {
  const text = printable(name);
  return text.length > 14 ? `${text.slice(0, 13)}…` : text;
}
