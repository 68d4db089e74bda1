import Handlebars from 'handlebars';
import { HtmlValidate } from 'html-validate';
import { describe, expect, it } from 'vitest';
import { handlebarsThenMjml } from '../../bench/yardsticks/handlebars-then-mjml.ts';
import { mergeEmail } from '../../src/merge/merge-email.ts';
import { links, pack, profileOf, samples, sender, snapshotOf } from './shown.ts';

describe.each(samples)('$name', ({ profile }) => {
  const snapshot = snapshotOf(profile);
  const email = mergeEmail(snapshot, pack, links, sender);

  it('is what Handlebars and then MJML make of it', async () => {
    expect(fold(email.html)).toBe(
      fold(await handlebarsThenMjml(pack)(snapshot, links, sender, email.preheader)),
    );
  });

  it('says the same amount in subject or text, HTML and preheader', () => {
    const { cost } = snapshot.view as { cost: { total: string; balance: string } };
    for (const part of [email.html, email.text]) {
      expect(part).toContain(cost.total);
      expect(part).toContain(cost.balance);
    }
    expect(email.subject).toContain(profile.firstName);
    expect(email.subject).toContain(cost.balance);
    expect(email.preheader).toContain(cost.balance);
  });

  it('is a whole message: language, alt texts, legal words, a way out, under 102 KB', async () => {
    expect(email.html).toContain(`<html lang="${snapshot.lang}" dir="ltr"`);
    expect(email.html).not.toMatch(/<img(?![^>]*\balt=)/);
    expect(email.html).not.toContain(links.video);
    for (const part of [email.html, email.text]) {
      expect(part).toContain(links.unsubscribe);
      expect(part).toContain(sender.legal.company);
      expect(part).toContain(links.site);
      expect(part).not.toContain('{{');
      expect(part).not.toContain('dearlyslot');
    }
    expect(Buffer.byteLength(email.html)).toBeLessThan(102 * 1024);
    const report = await new HtmlValidate({
      rules: {
        'close-order': 'error',
        'no-dup-attr': 'error',
        'no-dup-id': 'error',
        'void-content': 'error',
      },
    }).validateString(email.html);
    expect(report.results.flatMap((it) => it.messages)).toEqual([]);
  });
});

it('counts an open only for those who agreed', () => {
  expect(mergeEmail(snapshotOf(), pack, links, sender).html).toContain('https://dearly.example/o/token');
  expect(mergeEmail(snapshotOf(), pack, { ...links, open: null }, sender).html).not.toMatch(
    /\/o\/|width="1"/,
  );
});

it('shows no picture of a film that there is none of', () => {
  const { html } = mergeEmail({ ...snapshotOf(), storyboard: null }, pack, links, sender);
  expect(html).not.toContain(links.poster);
  expect(html).toContain(links.site);
});

const hostile = [
  '"><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  '{{7*7}}{{{constructor}}}',
  '{name, select, other {x}}',
  '<mj-raw></mj-text>',
  '</td></table><!--',
  'محمد',
  '👩‍👩‍👧 Zoë',
  'Maximiliane-Charlotte-Friederike-Wilhelmina-Augusta-Elisabeth',
];

describe.each(hostile)('somebody who calls themselves %s', (name) => {
  const calm = mergeEmail(snapshotOf(), pack, links, sender);
  const facts = { ...profileOf().facts, tariff: name.slice(0, 60), city: name };
  const email = mergeEmail(
    snapshotOf(profileOf({ firstName: name, lastName: name, externalId: name, facts })),
    pack,
    links,
    sender,
  );

  it('changes words, never the markup', () => {
    expect(tags(email.html)).toEqual(tags(calm.html));
    expect(email.html).toContain(Handlebars.escapeExpression(name));
  });

  it('reads as themselves where there is no markup', () => {
    expect(email.text).toContain(name);
    expect(email.subject).toContain(name);
  });
});

it('keeps the subject on one line', () => {
  const profile = profileOf({ firstName: 'Ada\r\nBcc: everybody@example.com\u2028x' });
  const { subject } = mergeEmail(snapshotOf(profile), pack, links, sender);
  expect(subject).not.toMatch(/[\r\n\u2028\u2029\p{Cc}]/u);
  expect(subject).toMatch(/^Ada Bcc: everybody@example.com x, du bekommst/);
});

/** Element and attribute names in order, and the attributes that carry addresses or code whole. */
function tags(html: string): string[] {
  return [...html.matchAll(/<\/?[a-z][^\s>]*(?:"[^"]*"|[^">])*>/gi)].map(([tag]) =>
    tag.replace(/(alt|aria-label)="[^"]*"/g, '$1'),
  );
}

/** White space, and Outlook conditionals that end where the next begins (design.md §3). */
function fold(html: string): string {
  return html
    .replace(/<!\[endif\]-->\s*<!--\[if mso \| IE\]>/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([<>]) ?/g, '$1');
}
