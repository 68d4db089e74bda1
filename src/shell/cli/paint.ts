// Enters: text and figures. Leaves: them as a terminal shows them well. Never: what a name from outside could make the terminal do.
import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

export const bold = (text: string) => styleText('bold', text);
export const dim = (text: string) => styleText('dim', text);
export const many = (value: number) => value.toLocaleString('en-US');

/** `0.5 %` below one percent, whole ones above; never 100 % of what is not all. */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 1) return `${value < 0.1 ? '<0.1' : value.toFixed(1)} %`;
  return `${Math.floor(value)} %`;
}

/** A share of a line, in eighths of a character, so that small ones are seen. */
export function bar(share: number, width: number, style: Style): string {
  const eighths = Math.max(share > 0 ? 1 : 0, Math.round(Math.min(1, share) * width * 8));
  const parts = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
  return styleText(style, '█'.repeat(Math.floor(eighths / 8)) + parts[eighths % 8]);
}

/** A whole line: what is done, and what is left of it. */
export function track(share: number, width: number): string {
  const done = Math.round(Math.min(1, Math.max(0, share)) * width);
  return `${styleText('cyan', '━'.repeat(done))}${dim('─'.repeat(width - done))}`;
}

/** Columns under each other: the first to the left, figures to the right. */
export function table(rows: readonly (readonly string[])[], left: readonly number[] = [0]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => (left.includes(at) ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('   ')
      .trimEnd(),
  );
}

/** Names of files and people come from outside: the terminal must not obey them. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 200);
}

/** `Tue 1 Dec 2026, 09:00 Europe/Berlin`. */
export function moment(iso: string, timeZone: string): string {
  const text = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(iso));
  return `${text.replace(/^(\w+), /, '$1 ')} ${timeZone}`;
}
