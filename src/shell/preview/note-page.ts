import { type Html, html } from './html.ts';
import type { Complaint } from './protocol.ts';

const meanings: Readonly<Record<string, string>> = {
  site: 'the personal page',
  video: 'the film as MP4',
  captions: 'the film’s words as captions',
  unsubscribe: 'the page that asks before it unsubscribes',
  confirm: 'the page that asks for a yes',
  answer: 'where answers are taken; nothing was kept',
};

/** Stands behind every link of a previewed message. @param encoded the address it would lead to, as base64url */
export function notePage(to: string, encoded: string | undefined): string {
  const address = encoded && Buffer.from(encoded, 'base64url').toString('utf8');
  const meaning = meanings[to] ?? (address ? 'an address outside' : 'a place of the sent message');
  const isNamed = meanings[to] === undefined && to !== 'address';
  return page(
    'A link of the message',
    html`<p class="eyebrow">Preview</p><h1>Leads to ${meaning}.</h1>
${isNamed && html`<p><code>links.to.${to}</code></p>`}
${address && html`<p><code>${address}</code></p>`}
<p class="soft">Go back, or choose the view again, to return to the message.</p>`,
  );
}

/** In a frame, instead of a message that cannot be made. The studio around it says the same with all details. */
export function troublePage({ message }: Complaint): string {
  return page('Cannot be shown', html`<h1>${message}</h1>`);
}

function page(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title}</title><link rel="stylesheet" href="/studio/note.css"></head><body>${body}</body></html>`
    .text;
}
