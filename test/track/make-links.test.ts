import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeLinks, targetAt } from '../../src/track/make-links.ts';
import { readToken } from '../../src/track/token.ts';

const secret = randomBytes(32);
const snapshot = {
  id: 'c9a646d3-9c61-4cd7-bfcb-6a4d2f8a1f10',
  tracking: true,
  storyboard: null,
  targets: { tariff: 'https://example.com/tariff', contact: 'https://example.com/contact' },
};
const origins = { api: 'https://api.example.com', site: 'https://mail.example.com' };

test('every link stands on the site origin and is read back as its kind', () => {
  const links = makeLinks(secret, snapshot, origins);
  const shapes = [
    [links.site, /^https:\/\/mail\.example\.com\/s\/([\w-]{46})$/, 'site'],
    [links.video, /\/v\/([\w-]{46})\.mp4$/, 'video'],
    [links.captions, /\/v\/([\w-]{46})\.vtt$/, 'video'],
    [links.poster, /\/i\/([\w-]{46})\/poster\.jpg$/, 'picture'],
    [links.teaser, /\/i\/([\w-]{46})\/teaser\.gif$/, 'picture'],
    [links.unsubscribe, /\/u\/([\w-]{46})$/, 'unsubscribe'],
    [links.answer, /\/a\/([\w-]{46})$/, 'answer'],
    [links.open ?? '', /\/o\/([\w-]{46})$/, 'open'],
  ] as const;
  for (const [link, shape, kind] of shapes) {
    const token = shape.exec(link)?.[1] ?? '';
    expect(readToken([secret], token, kind)?.snapshotId).toBe(snapshot.id);
  }
});

test('a counted click leads where the snapshot says, whatever order its names come back in', () => {
  const links = makeLinks(secret, snapshot, origins);
  const reordered = { targets: Object.fromEntries(Object.entries(snapshot.targets).reverse()) };
  for (const [name, link] of Object.entries(links.to)) {
    const parts = readToken([secret], link.split('/c/')[1] ?? '', 'click');
    expect(targetAt(reordered, parts?.index ?? 99)).toEqual({ name, url: `https://example.com/${name}` });
  }
  expect(targetAt(snapshot, 2)).toBeNull();
});

test('who did not agree to be counted gets plain addresses and no pixel', () => {
  const links = makeLinks(secret, { ...snapshot, tracking: false }, origins);
  expect(links.to).toEqual(snapshot.targets);
  expect(links.open).toBeNull();
});
