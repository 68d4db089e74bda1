// Enters: addresses. Leaves: what a person wants to click now, at a glance. Never: a byte on stdout, which belongs to the JSON line.
import { styleText } from 'node:util';

export interface Card {
  readonly inbox: string | null;
  readonly pages: readonly { readonly name: string; readonly url: string }[];
  readonly video: string;
  readonly pdf: string;
  /** What tells how far people came, to be typed. */
  readonly report: string;
  readonly docs: string;
  readonly key: string;
}

type Row = readonly [label: string, text: string, note: string];

export function printCard(card: Card): void {
  const { columns = Number.POSITIVE_INFINITY } = process.stderr;
  process.stderr.write(describeCard(card, columns));
}

/** A table where the longest address fits; else each address on a line of its own, from the edge, whole to be clicked. */
function describeCard(card: Card, columns: number): string {
  const rows: Row[] = [
    ...(card.inbox === null ? [] : [['Inbox', card.inbox, 'every email of the campaign'] as const]),
    ...card.pages.map(({ name, url }): Row => ['Microsite', url, name]),
    ['MP4', card.video, 'drawn for the first of them'],
    ['PDF', card.pdf, 'the same amounts on paper'],
    ['Report', card.report, 'how far people came'],
    ['API docs', card.docs, ''],
    ['API key', card.key, 'shown this once'],
  ];
  const isWide = rows.every(([, text, note]) => 17 + text.length + note.length <= columns);
  const lines = rows.map(isWide ? inOneLine : inTwoLines);
  const ending = [
    'On a page: play and answer the film, send a form, ask “Warum ist meine Rechnung höher?”',
    'Everything stays up until Ctrl-C.',
    'Remotion is free for up to 3 people; larger companies need its licence.',
  ];
  return `\n${lines.join('')}\n${ending.map((it) => `  ${paint('dim', it)}\n`).join('')}\n`;
}

function inOneLine([label, text, note]: Row): string {
  return `  ${paint('bold', label.padEnd(10))} ${paint('cyan', text)}${note && `  ${paint('dim', note)}`}\n`;
}

function inTwoLines([label, text, note]: Row): string {
  return `  ${paint('bold', label)}${note && `  ${paint('dim', note)}`}\n${paint('cyan', text)}\n`;
}

function paint(style: Parameters<typeof styleText>[0], text: string): string {
  return styleText(style, text, { stream: process.stderr });
}
