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

type Style = Parameters<typeof styleText>[0];
const paint = (style: Style, text: string) => styleText(style, text, { stream: process.stderr });

/** What a person wants to click now, at a glance. On stderr: stdout belongs to the JSON line. */
export function printCard(card: Card): void {
  const line = (label: string, text: string, note = '') =>
    `  ${paint('bold', label.padEnd(12))} ${paint('cyan', text)}${note === '' ? '' : `  ${paint('dim', note)}`}\n`;
  const pages = card.pages.map(({ name, url }, index) => line(index === 0 ? 'Microsites' : '', url, name));
  process.stderr.write(
    [
      '\n',
      ...(card.inbox === null ? [] : [line('Inbox', card.inbox, 'every email of the campaign')]),
      ...pages,
      `${' '.repeat(15)}${paint('dim', 'play and answer the film, send a form, ask “Warum ist meine Rechnung höher?”')}\n`,
      line('MP4', card.video, 'drawn for the first of them'),
      line('PDF', card.pdf, 'the same amounts on paper'),
      line('Report', card.report, 'how far people came'),
      line('API docs', card.docs),
      line('API key', card.key, 'shown this once'),
      `\n  ${paint('dim', 'Everything stays up until Ctrl-C. Remotion is free for up to 3 people; larger companies need its licence.')}\n\n`,
    ].join(''),
  );
}
