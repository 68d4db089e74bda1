import { fileURLToPath } from 'node:url';
import { loadComposition } from '../../src/adapters/packs/load-composition.ts';
import { loadPack } from '../../src/adapters/packs/load-pack.ts';
import { loadSamples } from '../../src/adapters/packs/load-samples.ts';
import type { Links } from '../../src/merge/links.ts';
import type { Snapshot } from '../../src/merge/snapshot.ts';
import { takeSnapshot } from '../../src/merge/take-snapshot.ts';
import type { Profile } from '../../src/profile/profile.ts';

export const templates = fileURLToPath(new URL('../../templates', import.meta.url));
const compositions = fileURLToPath(new URL('../../compositions', import.meta.url));

/** Loaded once per test file, as a run does. */
export const pack = await loadPack(templates, 'statement');
export const composition = await loadComposition(compositions, 'statement');
export const samples = await loadSamples(templates, 'statement');

export const links: Links = {
  site: 'https://dearly.example/s/token',
  video: 'https://dearly.example/v/token.mp4',
  captions: 'https://dearly.example/v/token.vtt',
  poster: 'https://dearly.example/i/token/poster.jpg',
  posterUpright: 'https://dearly.example/i/token/poster.jpg?format=9:16',
  teaser: 'https://dearly.example/i/token/teaser.gif',
  pdf: 'https://dearly.example/p/token.pdf',
  pictures: {},
  confirm: null,
  unsubscribe: 'https://dearly.example/u/token',
  open: 'https://dearly.example/o/token',
  answer: 'https://dearly.example/a/token',
  to: { tariff: 'https://dearly.example/c/one', contact: 'https://dearly.example/c/two' },
};

export const sender = {
  from: { name: 'Nordlicht Energie', address: 'service@nordlicht.example' },
  legal: { company: 'Nordlicht Energie GmbH', lines: ['Speicherstraße 12', '20457 Hamburg'] },
};

/** The first sample, as somebody else where the test says so. */
export function profileOf(changes: Partial<Profile> = {}): Profile {
  const [first] = samples;
  if (first === undefined) throw new Error('the pack has no samples');
  return { ...first.profile, ...changes };
}

export function snapshotOf(profile: Profile = profileOf()): Snapshot {
  return takeSnapshot({
    id: '0199a0f0-0000-7000-8000-000000000001',
    profile,
    pack,
    composition,
    sender: 'nordlicht',
    variant: 'a',
    tracking: true,
    now: new Date('2025-11-04T23:30:00Z'),
  });
}
