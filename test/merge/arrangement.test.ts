import { expect, it } from 'vitest';
import { handlebarsThenMjml } from '../../bench/yardsticks/handlebars-then-mjml.ts';
import type { Arrangement } from '../../src/campaign/variant.ts';
import { makeStoryboard } from '../../src/merge/make-storyboard.ts';
import { mergeEmail } from '../../src/merge/merge-email.ts';
import { mergePage } from '../../src/merge/merge-page.ts';
import { takeSnapshot } from '../../src/merge/take-snapshot.ts';
import { compilePack } from '../../src/template/compile-pack.ts';
import { foldHtml } from '../template/fold-html.ts';
import { composition, links, pack, profileOf, sender, snapshotOf } from './shown.ts';

const assets = { scriptUrl: '/site.js', nonce: 'n' };

function arrangedAs(arrangement: Arrangement, film: typeof composition | null = composition) {
  return takeSnapshot({
    id: '0199a0f0-0000-7000-8000-000000000001',
    profile: profileOf(),
    pack,
    composition: film,
    sender: 'nordlicht',
    variant: 'b',
    arrangement,
    tracking: true,
    now: new Date('2025-11-04T23:30:00Z'),
  });
}

/** Which sections are there, in the order they are read; what the chat answers and the player is told is no part of that. */
const order = (text: string) => {
  const [shown = ''] = text.split(/<dearly-chat|<script type="application\/json"/);
  return [
    ...shown.matchAll(
      /Deine Abrechnung|Warum es|Dein Verbrauch(?=:|<\/h2>)|Was du tun kannst|Wie es weitergeht/g,
    ),
  ].map(String);
};

it('puts email, text and page together as the variant says', async () => {
  const snapshot = arrangedAs({ subject: 'why', blocks: ['tips', 'bill'] });
  const email = mergeEmail(snapshot, pack, links, sender);
  expect(email.subject).toBe('Ada, was deinen Strom günstiger gemacht hat');
  expect(email.preheader).toMatch(/^Dein Strom hat .* gekostet .* gebraucht als im Jahr davor\.$/);
  expect(email.html).toContain(email.preheader);
  const page = mergePage(snapshot, pack, { links, sender, assets });
  for (const shown of [email.html, email.text, page])
    expect(order(shown)).toEqual(['Was du tun kannst', 'Deine Abrechnung']);
  // What stands outside of the blocks stays: the sum, the button, the way out.
  for (const shown of [email.html, email.text]) expect(shown).toContain(links.unsubscribe);
  expect(foldHtml(email.html)).toBe(
    foldHtml(
      await handlebarsThenMjml(pack, snapshot.arrangement?.blocks)(snapshot, links, sender, email.preheader),
    ),
  );
});

it('keeps the arrangement in the snapshot, and nothing where the variant says nothing', () => {
  const arrangement = { subject: 'why', blocks: ['plan'], scenes: ['greeting', 'cost'] };
  expect(arrangedAs(arrangement).arrangement).toEqual(arrangement);
  expect(arrangedAs({})).not.toHaveProperty('arrangement');
  expect(arrangedAs({ subject: undefined } as never)).not.toHaveProperty('arrangement');
  expect({ ...arrangedAs({}), variant: 'a' }).toEqual(snapshotOf());
});

it('shows an old version of the pack as it was arranged, for ever', async () => {
  const old = await compilePack({ name: pack.name, files: pack.files, contract: null });
  const snapshot = JSON.parse(JSON.stringify(arrangedAs({ blocks: ['plan', 'usage'] })));
  const page = (of: typeof pack) => mergePage(snapshot, of, { links, sender, assets });
  expect(page(old)).toBe(page(pack));
  expect(order(page(old))).toEqual(['Wie es weitergeht', 'Dein Verbrauch']);
});

it('makes the film of the scenes asked for, in their order', () => {
  const all = snapshotOf().storyboard;
  const some = arrangedAs({ scenes: ['tips', 'greeting'] }).storyboard;
  expect(some?.scenes.map(({ id }) => id)).toEqual(['tips', 'greeting']);
  // Segments are kept by scene: what another variant drew is there already.
  for (const scene of some?.scenes ?? []) expect(all?.scenes).toContainEqual(scene);
});

it('finds the poster in the film, or takes the first scene for it', () => {
  const { poster } = composition.definition;
  const { view } = snapshotOf();
  const frameWith = (scenes: string[]) => makeStoryboard(composition, view, 'de', undefined, scenes);
  expect(frameWith([poster.scene, 'tips']).posterFrame).toBe(poster.frame);
  const later = frameWith(['tips', poster.scene]);
  expect(later.posterFrame).toBe((later.scenes[0]?.durationInFrames ?? 0) + poster.frame);
  const without = frameWith(['tips', 'reasons']);
  expect(without.posterFrame).toBe(Math.floor((without.scenes[0]?.durationInFrames ?? 0) / 2));
});

it('refuses names that pack and film have not, all at once', () => {
  const refused = (arrangement: Arrangement, film: typeof composition | null) => {
    try {
      arrangedAs(arrangement, film);
    } catch (error) {
      return error;
    }
    return null;
  };
  expect(
    refused({ subject: 'loud', blocks: ['tips', 'tipps'], scenes: ['tips', 'end'] }, composition),
  ).toMatchObject({
    code: 'campaign-invalid',
    details: [
      'subject: "loud" is none; there are why',
      'blocks: "tipps" is none; there are bill, reasons, usage, tips, plan',
      expect.stringMatching(/^scenes: "end" is none; there are opening, greeting, /),
    ],
  });
  expect(refused({ scenes: ['tips'] }, null)).toMatchObject({
    details: ['scenes: "tips" is none; the campaign names no composition'],
  });
});
