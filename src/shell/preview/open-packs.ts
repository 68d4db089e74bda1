// Enters: the folders that authors write in. Leaves: what stands there, and one person's message at a time.
// Never: the database, a link that leads somewhere, or a second look at a file that was read.
import { listCompositions, loadComposition } from '../../adapters/packs/load-composition.ts';
import { listPacks, loadPack } from '../../adapters/packs/load-pack.ts';
import { loadSamples, type Sample } from '../../adapters/packs/load-samples.ts';
import { DearlyError } from '../../errors.ts';
import { mergeEmail } from '../../merge/merge-email.ts';
import { mergePage } from '../../merge/merge-page.ts';
import { mergePicture } from '../../merge/merge-picture.ts';
import { takeSnapshot } from '../../merge/take-snapshot.ts';
import type { Profile } from '../../profile/profile.ts';
import { inLanguage } from '../../run/in-language.ts';
import type { CompiledPack } from '../../template/compiled-pack.ts';
import type { Finding } from '../../template/lint/finding.ts';
import { lint, lintMerged } from '../../template/lint/lint-pack.ts';
import { mergeSample } from '../merge-sample.ts';
import { complain } from './complain.ts';
import { findSender } from './find-sender.ts';
import { placeholderLinks } from './placeholder-links.ts';
import type { Answers, Ask, PressFolders, Proof, ShelfPack } from './protocol.ts';

export function openPacks(folders: PressFolders) {
  const packs = new Map<string, Promise<CompiledPack>>();
  const load = (name: string) => {
    const known = packs.get(name) ?? loadPack(folders.packs, name);
    packs.set(name, known);
    return known;
  };

  const lints = new Map<string, Promise<readonly Finding[]>>();
  const lintOnce = (pack: CompiledPack) => {
    const known = lints.get(pack.name) ?? lint(pack);
    lints.set(pack.name, known);
    return known;
  };

  async function shelfPack(name: string): Promise<ShelfPack> {
    const samples = await loadSamples(folders.packs, name).catch(() => []);
    const shown = {
      name,
      samples: samples.map((it) => ({
        name: it.name,
        person: nameOf(it.profile),
        locale: it.profile.locale,
      })),
    };
    try {
      const { languages, subjects, parts } = await load(name);
      const has = { hasEmail: parts.email !== null, hasPage: parts.site !== null };
      return { ...shown, ...has, languages, subjects, complaint: null };
    } catch (error) {
      const complaint = complain(error, `${folders.packs}/${name}`);
      return { ...shown, languages: [], subjects: [], hasEmail: false, hasPage: false, complaint };
    }
  }

  async function personOf({ pack, who, lang }: Ask): Promise<Profile> {
    const profile =
      'profile' in who ? who.profile : sampleOf(await loadSamples(folders.packs, pack), who.sample);
    return inLanguage(profile, lang);
  }

  async function make(ask: Ask) {
    const pack = await load(ask.pack);
    const profile = await personOf(ask);
    const isThere = (await listCompositions(folders.compositions)).includes(ask.pack);
    const composition = isThere ? await loadComposition(folders.compositions, ask.pack) : null;
    const snapshot = takeSnapshot({
      id: '00000000-0000-4000-8000-000000000000',
      profile,
      pack,
      composition,
      sender: 'preview',
      variant: 'a',
      ...(ask.subject !== null && { arrangement: { subject: ask.subject } }),
      tracking: false,
      now: new Date(),
    });
    const sender = await findSender(folders.senders);
    return { pack, profile, snapshot, sender, links: placeholderLinks(snapshot, ask) };
  }

  return {
    async shelf(): Promise<Answers['shelf']['answer']> {
      const names = await listPacks(folders.packs);
      return await Promise.all(names.map(shelfPack));
    },

    async proof(ask: Ask): Promise<Proof> {
      const { pack, profile, snapshot, sender, links } = await make(ask);
      const { name, address } = sender.from;
      const email = pack.parts.email === null ? null : mergeEmail(snapshot, pack, links, sender);
      const merged = email ? lintMerged([mergeSample(nameOf(profile), snapshot, pack, links, sender)]) : [];
      return {
        person: nameOf(profile),
        address: profile.email,
        from: { name, address },
        snapshot,
        email,
        findings: [...(await lintOnce(pack)), ...merged],
      };
    },

    async page(ask: Answers['page']['ask']): Promise<string> {
      const { pack, snapshot, sender, links } = await make(ask);
      const assetUrl = (name: string) => `${ask.origin}/picture/asset-${name}.webp?${ask.query}`;
      return mergePage(snapshot, pack, { links, sender, assets: ask.assets, assetUrl });
    },

    async picture(ask: Answers['picture']['ask']): Promise<string> {
      const { pack, snapshot } = await make(ask);
      return mergePicture(snapshot, pack, ask.name);
    },
  };
}

function nameOf({ firstName, lastName, externalId }: Profile): string {
  return `${firstName} ${lastName}`.trim() || externalId;
}

function sampleOf(samples: readonly Sample[], name: string): Profile {
  const found = samples.find((it) => it.name === name);
  if (found !== undefined) return found.profile;
  throw new DearlyError('profile-missing', `There is no sample ${name}.`, {
    details: [
      `samples/${name}.json: missing; there are ${samples.map((it) => it.name).join(', ') || 'none'}`,
    ],
  });
}
