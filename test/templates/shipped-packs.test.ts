import { expect, it } from 'vitest';
import { foldHtml } from '../template/fold-html.ts';
import { shippedEmails } from './shipped.ts';

const emails = await shippedEmails();

it('looks at every pack, sample and language', () => {
  expect(new Set(emails.map((it) => it.pack))).toContain('statement');
  expect(emails.length).toBeGreaterThanOrEqual(9);
});

it.each(emails)('$pack for $sample in $lang is what Handlebars and then MJML make of it', async (email) => {
  expect(foldHtml(email.merged)).toBe(foldHtml(await email.slow()));
});
