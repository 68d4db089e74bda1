import { expect, test } from 'vitest';
import { mergePage, mergePieces } from '../../../../src/merge/merge-page.ts';
import { pageBytes } from '../../../../src/shell/http/links/page-bytes.ts';
import { links, pack, samples, sender, snapshotOf } from '../../../merge/shown.ts';

test('goes out as the text that was merged, whoever it is for and whatever was kept of the one before', () => {
  for (const [index, { profile }] of samples.entries()) {
    const assets = {
      scriptUrl: '/assets/site.js',
      criticalCss: 'a::before{content:"„…“"}',
      nonce: `${index}`,
    };
    const page = [snapshotOf(profile), pack, { links, sender, assets, submission: `view-${index}` }] as const;
    expect(pageBytes(mergePieces(...page)).toString()).toBe(mergePage(...page));
  }
});

test('a page larger than all that was foreseen goes out whole', () => {
  const rest = ['€'.repeat(1_100_000), '</html>'];
  expect(pageBytes({ head: '<html>', rules: ['a{}'], rest }).toString()).toBe(`<html>a{}${rest.join('')}`);
});
