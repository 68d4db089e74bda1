import { styleText } from 'node:util';
import type { Finding, Level } from '../../template/lint/finding.ts';

export interface Checked {
  /** A pack, a composition or a sender, by its path. */
  readonly what: string;
  readonly findings: readonly Finding[];
  /** What a campaign's variants may name, by field: blocks, subjects, scenes. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
}

export interface Count {
  readonly faults: number;
  readonly warnings: number;
  /** How many packs, compositions and senders. */
  readonly looked: number;
}

const marks = {
  fault: ['red', '✗'],
  warning: ['yellow', '!'],
  good: ['green', '✓'],
} as const;

export function countOf(all: readonly Checked[]): Count {
  const count = (level: Level) => all.flatMap((it) => it.findings).filter((it) => it.level === level).length;
  return { faults: count('fault'), warnings: count('warning'), looked: all.length };
}

/** Colours only where a person looks: `styleText` asks whether stdout is a terminal. */
export function describeChecked({ what, findings, choices = {} }: Checked): string {
  const { faults, warnings } = countOf([{ what, findings }]);
  const [color, mark] = marks[faults > 0 ? 'fault' : warnings > 0 ? 'warning' : 'good'];
  return [`${styleText(color, mark)} ${what}`, ...describeChoices(choices), ...findings.map(describeFinding)]
    .map((line) => `${line}\n`)
    .join('');
}

function describeChoices(choices: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return Object.entries(choices)
    .filter(([, names]) => names.length > 0)
    .map(([field, names]) => `    ${styleText('dim', `${field}: ${names.join(', ')}`)}`);
}

function describeFinding({ file, line, what, why, how, level }: Finding): string {
  const [color] = marks[level];
  const place = file === '' ? '' : `${file}:${line} `;
  const rest = [why, how].filter((it) => it !== '').map((it) => ` — ${it}`);
  return `    ${styleText(color, level.padEnd(7))} ${styleText('bold', `${place}${what}`)}${rest.join('')}`;
}

export function describeCount({ faults, warnings, looked }: Count): string {
  if (looked === 0)
    return 'There is nothing to check here: no pack, composition or sender below this folder.\n';
  const of = (count: number, one: string) => `${count === 0 ? 'no' : count} ${one}${count === 1 ? '' : 's'}`;
  return `${of(faults, 'fault')}, ${of(warnings, 'warning')}; looked at ${looked}\n`;
}
