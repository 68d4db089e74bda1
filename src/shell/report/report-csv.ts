// Enters: a Report. Leaves: its funnels as CSV (RFC 4180), a row for each variant, phase and step. Never: a cell that a spreadsheet would run.
import type { Funnel } from '../../measure/funnel.ts';
import type { Report } from '../../run/campaign/report.ts';

const columns = [
  'run',
  'campaign',
  'occurrence',
  'variant',
  'phase',
  'step',
  'people',
  'of',
  'among',
  'share',
  'low',
  'high',
  'machines',
  'later',
] as const;

/** An empty variant is everybody, an empty phase sample and rest together; an empty figure is none. */
export function reportCsv({ run, funnel, variants }: Report): string {
  const head = [run.id, run.name, run.occurrence];
  const rowsOf = (variant: string, phase: string, { steps }: Funnel) =>
    steps.map(({ step, people, of, among, share, interval, machines, later }) => [
      ...head,
      variant,
      phase,
      step,
      people,
      of,
      among,
      share,
      interval?.low ?? null,
      interval?.high ?? null,
      machines,
      later,
    ]);
  const rows = [
    columns,
    ...rowsOf('', '', funnel),
    ...variants.flatMap((it) => [
      ...rowsOf(it.name, '', it.funnel),
      ...(it.sample ? rowsOf(it.name, 'sample', it.sample.funnel) : []),
      ...(it.rest ? rowsOf(it.name, 'rest', it.rest.funnel) : []),
    ]),
  ];
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  // Spreadsheets take these for formulas; names of triggers' runs come from outside.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
