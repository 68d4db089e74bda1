import { fileURLToPath } from 'node:url';
import { handlebarsThenMjml } from '../../bench/yardsticks/handlebars-then-mjml.ts';
import { listCompositions, loadComposition } from '../../src/adapters/packs/load-composition.ts';
import { listPacks, loadPack } from '../../src/adapters/packs/load-pack.ts';
import { loadSamples } from '../../src/adapters/packs/load-samples.ts';
import { mergeEmail } from '../../src/merge/merge-email.ts';
import { takeSnapshot } from '../../src/merge/take-snapshot.ts';
import { makeLinks } from '../../src/track/make-links.ts';

const folder = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const origins = { api: 'https://dearly.example', site: 'https://dearly.example' };
const sender = {
  from: { name: 'Nordlicht Energie', address: 'service@nordlicht.example' },
  legal: { company: 'Nordlicht Energie GmbH', lines: ['Speicherstraße 12', '20457 Hamburg'] },
};

export interface ShippedEmail {
  readonly pack: string;
  readonly sample: string;
  readonly lang: string;
  /** From the compiled pack. */
  readonly merged: string;
  /** Handlebars first, then MJML. */
  slow(): Promise<string>;
}

/** Every pack of `templates/`, for every sample, in every language. */
export async function shippedEmails(): Promise<readonly ShippedEmail[]> {
  const films = await Promise.all(
    (await listCompositions(folder('compositions'))).map((name) =>
      loadComposition(folder('compositions'), name),
    ),
  );
  const packs = await listPacks(folder('templates'));
  const emails = packs.map(async (name): Promise<readonly ShippedEmail[]> => {
    const pack = await loadPack(folder('templates'), name);
    if (pack.parts.email === null) return [];
    const slowly = handlebarsThenMjml(pack);
    const film = films.find((it) => it.name === name) ?? null;
    const samples = await loadSamples(folder('templates'), name);
    return samples.flatMap(({ name: sample, profile }) =>
      pack.languages.map((lang) => {
        const snapshot = takeSnapshot({
          id: '0199a0f0-0000-7000-8000-000000000001',
          profile: { ...profile, locale: profile.locale.startsWith(lang) ? profile.locale : lang },
          pack,
          composition: film,
          sender: 'nordlicht',
          variant: 'a',
          tracking: sample < 'c',
          now: new Date('2026-11-04T23:30:00Z'),
        });
        const links = makeLinks(Buffer.from('a secret of thirty-two characters'), snapshot, origins);
        const { html, preheader } = mergeEmail(snapshot, pack, links, sender);
        return {
          pack: name,
          sample,
          lang,
          merged: html,
          slow: () => slowly(snapshot, links, sender, preheader),
        };
      }),
    );
  });
  return (await Promise.all(emails)).flat();
}
