import { expect, it } from 'vitest';
import { mergeEmail } from '../../src/merge/merge-email.ts';
import { links, pack, sender, snapshotOf } from '../merge/shown.ts';
import { shippedEmails } from './shipped.ts';

const mails = (await shippedEmails()).map(({ pack: name, sample, lang, merged }) => ({
  what: `${name} for ${sample} in ${lang}`,
  html: merged,
}));
const snapshot = snapshotOf();
const mailWith = (more: Partial<typeof snapshot>) =>
  mergeEmail({ ...snapshot, ...more }, pack, links, sender).html;
const turned = [...pack.blocks].reverse();

it.each([
  ...mails,
  { what: 'behind a gate', html: mailWith({ gate: { name: 'postcode', answer: '24103' } }) },
  { what: 'with its blocks turned round', html: mailWith({ arrangement: { blocks: turned } }) },
  { what: 'with one block', html: mailWith({ arrangement: { blocks: turned.slice(0, 1) } }) },
])('every tag ends where it should, in Outlook and elsewhere: $what', ({ html }) => {
  const outlook = asOutlook(html);
  expect(outlook).not.toMatch(/\[(?:if|endif)/);
  expect(unbalanced(outlook)).toEqual([]);
  expect(unbalanced(html.replace(/<!--[\s\S]*?-->/g, ''))).toEqual([]);
  // Word knows no max-width: what holds the mail together is the table around it.
  expect(outlook.match(/<table [^>]*\bwidth="600"/g)?.length).toBeGreaterThan(3);
});

/** What Word takes of it: what is kept from others comes in, what is meant for others goes. */
function asOutlook(html: string): string {
  return html
    .replace(/<!--\[if !mso\]><!-->[\s\S]*?<!--<!\[endif\]-->/g, '')
    .replace(/<!--\[if (?:mso|lte mso)[^\]]*\]>([\s\S]*?)<!\[endif\]-->/g, '$1');
}

const lonely = /^(?:img|br|meta|link|hr|input|o:.*)$/;

function unbalanced(html: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [tag, slash, name = '', closed] of html.matchAll(/<(\/?)([a-z][\w:-]*)[^>]*?(\/?)>/gi)) {
    if (lonely.test(name) || closed) continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) wrong.push(tag);
  }
  return [...wrong, ...open];
}
