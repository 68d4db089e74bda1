import { describe, expect, it } from 'vitest';
import { loadPack } from '../../src/adapters/packs/load-pack.ts';
import { loadSamples } from '../../src/adapters/packs/load-samples.ts';
import { giveConsent } from '../../src/answer/give-consent.ts';
import { mergeEmail } from '../../src/merge/merge-email.ts';
import { takeSnapshot } from '../../src/merge/take-snapshot.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { makeLinks } from '../../src/track/make-links.ts';
import { sender, templates } from '../merge/shown.ts';

const pack = await loadPack(templates, 'welcome');
const samples = await loadSamples(templates, 'welcome');

function snapshotOf(profile: Profile) {
  return takeSnapshot({
    id: '0199a0f0-0000-7000-8000-000000000001',
    profile,
    pack,
    composition: null,
    sender: 'nordlicht',
    variant: 'a',
    tracking: false,
    now: new Date('2026-11-22T09:00:00Z'),
  });
}

describe.each(samples)('$name', ({ profile }) => {
  it.each(['de-DE', 'en-GB', 'it-IT'])(
    'asks in %s, in the words that are kept, with one button',
    (locale) => {
      const snapshot = snapshotOf({ ...profile, locale });
      const links = makeLinks(Buffer.alloc(32, 7), snapshot, { api: '', site: 'https://d.example' });
      const email = mergeEmail(snapshot, pack, links, sender);
      const asks = snapshot.confirms?.asks ?? [];
      expect(snapshot.confirms?.address).toBe(profile.email);
      expect(asks.map((it) => [it.purpose, it.optional ?? false])).toEqual([
        ['marketing', false],
        ['tracking', true],
      ]);
      for (const part of [email.html, email.text]) {
        expect(part).toContain(asks[0]?.text);
        expect(part).toContain(links.confirm);
        expect(part).toContain(links.unsubscribe);
        expect(part).not.toMatch(/undefined|NaN|Invalid/);
      }
      expect(email.subject).toContain(profile.firstName);
      expect(Buffer.byteLength(email.html)).toBeLessThan(102 * 1024);
      // Outlook draws the button from the table around it; every conditional that opens closes.
      expect(email.html.match(/<!--\[if /g)?.length).toBe(email.html.match(/<!\[endif\]/g)?.length);
    },
  );
});

it('names the day that the person asked, by the person’s own calendar', () => {
  const [sample] = samples;
  if (!sample) throw new Error('no samples');
  const facts = { newsletterRequestedAt: '2026-11-03T23:30:00Z' };
  const { view } = snapshotOf({ ...sample.profile, locale: 'de-DE', timeZone: 'Europe/Berlin', facts });
  expect(view.request).toContain('4.\u00a0November\u00a02026');
});

it('keeps another wording under another name', () => {
  const [sample] = samples;
  if (!sample) throw new Error('no samples');
  const at = new Date('2026-11-22T10:00:00Z');
  const wording = (locale: string) =>
    giveConsent(snapshotOf({ ...sample.profile, locale }), ['tracking'], at);
  const [german, english] = [wording('de-DE'), wording('en-GB')];
  expect(german.marketing).toMatchObject({ granted: true, at: at.toISOString(), source: 'double-opt-in' });
  const texts = [german, english].flatMap((it) => [it.marketing?.text, it.tracking?.text]);
  expect(new Set(texts).size).toBe(4);
  expect(giveConsent(snapshotOf(sample.profile), [], at)).not.toHaveProperty('tracking');
});
