import { expect, test } from 'vitest';
import { loadPack } from '../../src/adapters/packs/load-pack.ts';
import { loadSamples } from '../../src/adapters/packs/load-samples.ts';
import { opensGate } from '../../src/answer/opens-gate.ts';
import type { DearlyError } from '../../src/errors.ts';
import { mergeEmail } from '../../src/merge/merge-email.ts';
import { takeSnapshot } from '../../src/merge/take-snapshot.ts';
import { inLanguage } from '../../src/run/in-language.ts';
import { makeLinks } from '../../src/track/make-links.ts';

const statement = await loadPack('templates', 'statement');
const samples = await loadSamples('templates', 'statement');
const how = {
  id: '00000000-0000-4000-8000-000000000000',
  composition: null,
  sender: 'nordlicht',
  variant: 'a',
  tracking: true,
  now: new Date('2026-11-03T08:00:00Z'),
};

test.each([
  ['24103', true],
  [' 24 103 ', true],
  ['２４１０３', true],
  ['24-103\u200b', true],
  ['24104', false],
  ['', false],
  ['2410', false],
])('a postcode as people write it: %j', (said, opens) => {
  expect(opensGate({ name: 'postcode', answer: '24103' }, said)).toBe(opens);
  expect(opensGate({ name: 'postcode', answer: 'SW1A 1AA' }, 'sw1a1aa')).toBe(true);
});

test('is taken where the campaign asks, and an answer that nobody could give is none', () => {
  const profile = samples[0]?.profile;
  if (!profile) throw new Error('no sample');
  expect(takeSnapshot({ ...how, profile, pack: statement }).gate).toBeUndefined();
  const gate = { name: 'postcode', answer: profile.facts.postcode };
  expect(takeSnapshot({ ...how, profile, pack: statement, gate: true }).gate).toEqual(gate);
  const blank = { ...profile, facts: { ...profile.facts, postcode: ' – ' } };
  const attempt = () => takeSnapshot({ ...how, profile: blank, pack: statement, gate: true });
  expect(attempt).toThrow(
    expect.objectContaining({ code: 'data-incomplete' } satisfies Partial<DearlyError>),
  );
});

test('the email of a gated statement holds no figure of its person, in any language and subject', () => {
  const sender = { from: { name: 'N', address: 'n@example.org' }, legal: { company: 'N', lines: [] } };
  for (const { profile } of samples) {
    for (const lang of statement.languages) {
      for (const subject of [undefined, ...statement.subjects]) {
        const arrangement = subject === undefined ? {} : { arrangement: { subject } };
        const spoken = inLanguage(profile, lang);
        const snapshot = takeSnapshot({
          ...how,
          ...arrangement,
          profile: spoken,
          pack: statement,
          gate: true,
        });
        const links = makeLinks(Buffer.alloc(32), snapshot, { api: 'https://x', site: 'https://x' });
        const email = mergeEmail(snapshot, statement, links, sender);
        const read = [
          email.subject,
          email.preheader,
          email.text,
          email.html.replace(/<!--[\s\S]*?-->|<style[\s\S]*?<\/style>/g, '').replace(/<[^>]*>/g, ' '),
        ];
        // Years are all the digits that are left: the period, and when it was issued.
        const said = read
          .join(' ')
          .replace(/https:\S+/g, '')
          .replace(/&#?\w+;/g, ' ');
        expect(
          said.match(/\d[\d.,]*/g)?.filter((it) => !/^(20\d\d|[0-3]?\d\.?)[.,]?$/.test(it)) ?? [],
        ).toEqual([]);
        expect(said).not.toMatch(/[€£%]|CHF|kWh/);
      }
    }
  }
});
