import type { CanIEmailOptions } from 'caniemail';
import type { Drawn } from './draw-email.ts';
import { type Hit, lineAt } from './finding.ts';
import type { Lint, Subject } from './lint.ts';
import { type Place, tagsOf } from './source.ts';

/** Most of the mailboxes of a German energy customer, and of most others. */
const clients: CanIEmailOptions['clients'] = [
  'gmail.desktop-webmail',
  'gmail.android',
  'gmail.ios',
  'outlook.windows',
  'apple-mail.*',
];
const names: Readonly<Record<string, string>> = {
  gmail: 'Gmail',
  outlook: 'Outlook (Windows)',
  'apple-mail': 'Apple Mail',
};

/** What may be dropped without loss, by caniemail's title, and why. */
export const harmless: Readonly<Record<string, string>> = {
  '@media': 'phone and dark rules add to a layout that stands without them',
  'background-position': 'MJML draws background pictures once more for Outlook',
  'background-repeat': 'MJML draws background pictures once more for Outlook',
  'background-size': 'MJML draws background pictures once more for Outlook',
  'border-radius': 'square corners read as well',
  'border-spacing': 'MJML writes it beside cellspacing="0"',
  'box-shadow': 'a shadow is an ornament',
  'color-scheme CSS property': 'it only tells those who ask',
  'color-scheme meta tag': 'it only tells those who ask',
  cursor: 'a pointer on a button; MJML writes it',
  outline: 'pictures have none anyway',
  // caniemail takes overflow-wrap for it, too.
  overflow: 'nothing is hidden then, so nothing is lost',
  'overflow-wrap': 'only a word longer than the column sticks out',
  'table-layout': 'MJML writes it beside fixed widths',
  'target attribute': 'links open in a new window anyway',
  'text-wrap': 'a heading breaks elsewhere',
  'white-space': 'a number may break after its thousands',
  'word-spacing': 'MJML sets it to normal',
};

export const clientSupport: Lint = {
  name: 'client-support',
  level: 'warning',
  looksFor:
    'CSS and HTML that Gmail, Outlook on Windows or Apple Mail drop, by the data of caniemail.com; one warning for each feature, at the first place that has it',
  why: 'that part of the look is gone for them',
  how: 'make sure that the email reads well without it, or build it from tables and plain colours',
  async find(subject) {
    const drawn = await subject.drawn();
    if (drawn === null) return [];
    // Loaded when asked for: it reads half a megabyte of data, which a worker never needs.
    const { caniemail } = await import('caniemail');
    const found = new Map<string, Hit & { readonly in: Set<string> }>();
    const note = (title: string, client: string, place: Place) => {
      if (Object.hasOwn(harmless, title)) return;
      const known = found.get(title);
      const name = names[client.split('.')[0] ?? ''] ?? client;
      if (known === undefined) found.set(title, { ...place, what: title, in: new Set([name]) });
      else known.in.add(name);
    };
    for (const { css, at } of stylesOf(subject)) {
      const { errors } = caniemail({ clients, css }).issues;
      for (const [client, issues] of errors)
        for (const issue of issues) note(issue.title, client, at(issue.position?.start.line ?? 1));
    }
    const { html, placeAt } = bodyOf(drawn);
    const lines = [0, ...[...html.matchAll(/\n/g)].map(({ index }) => index + 1)];
    for (const [client, issues] of caniemail({ clients, html }).issues.errors) {
      for (const issue of issues) {
        const { line = 1, column = 1 } = issue.position?.start ?? {};
        note(issue.title, client, placeAt((lines[line - 1] ?? 0) + column - 1));
      }
    }
    return [...found.values()].map((hit) => ({
      file: hit.file,
      line: hit.line,
      what: `${hit.what} is dropped by ${[...hit.in].join(', ')}`,
    }));
  },
};

/** The author's own rules; what MJML adds to the head comes with its fallbacks. */
function stylesOf({ email }: Subject): { css: string; at(line: number): Place }[] {
  if (email === null) return [];
  return [...tagsOf(email.document.children)]
    .filter(({ name, children }) => name === 'mj-style' && children.length > 0)
    .map(({ firstChild, lastChild }) => {
      const from = firstChild?.startIndex ?? 0;
      const css = email.plain.slice(from, (lastChild?.endIndex ?? from) + 1);
      return { css, at: (line) => email.at(lineAt(email.text, from) + line - 1) };
    });
}

/** From the first thing the author placed: what stands before it (head, hidden preheader) is MJML's. */
function bodyOf({ html, placeAt }: Drawn) {
  const mark = html.indexOf(' data-mark=');
  const start = mark < 0 ? html.length : html.lastIndexOf('<', mark);
  return { html: html.slice(start), placeAt: (offset: number) => placeAt(start + offset) };
}
