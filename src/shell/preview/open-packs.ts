// Enters: the folders that authors write in. Leaves: what stands there, and one person's message at a time.
// Never: the database, a link that leads somewhere, or a second look at a file that was read.
import { listCompositions, loadComposition } from '../../adapters/packs/load-composition.ts';
import { listPacks, loadPack } from '../../adapters/packs/load-pack.ts';
import { loadSamples, type Sample } from '../../adapters/packs/load-samples.ts';
import { DearlyError } from '../../errors.ts';
import type { LoadedComposition } from '../../merge/make-storyboard.ts';
import { mergeEmail } from '../../merge/merge-email.ts';
import { mergePage } from '../../merge/merge-page.ts';
import { mergePicture } from '../../merge/merge-picture.ts';
import { mergePrint, type PrintPage } from '../../merge/print/merge-print.ts';
import { takeSnapshot } from '../../merge/take-snapshot.ts';
import type { Profile } from '../../profile/profile.ts';
import { inLanguage } from '../../run/in-language.ts';
import type { CompiledPack } from '../../template/compiled-pack.ts';
import type { Finding } from '../../template/lint/finding.ts';
import { lint, lintMerged } from '../../template/lint/lint-pack.ts';
import { gateQuestion } from '../http/links/gate-page.ts';
import { pageHtml } from '../http/links/page.ts';
import { mergeSample } from '../merge-sample.ts';
import { complain } from './complain.ts';
import { findSender } from './find-sender.ts';
import { placeholderLinks } from './placeholder-links.ts';
import type { Answers, Ask, PressFolders, Proof, ShelfPack } from './protocol.ts';
import { readVariants } from './read-variants.ts';

export function openPacks(folders: PressFolders) {
  const packs = new Map<string, Promise<CompiledPack>>();
  const load = (name: string) => {
    const known = packs.get(name) ?? loadPack(folders.packs, name);
    packs.set(name, known);
    return known;
  };

  const films = new Map<string, Promise<LoadedComposition | null>>();
  const filmOf = (name: string) => {
    const known = films.get(name) ?? loadFilm(folders.compositions, name);
    films.set(name, known);
    return known;
  };
  const variants = readVariants(folders.campaigns);

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
      const { languages, subjects, blocks, parts, contract } = await load(name);
      // A film that does not load is told where it is shown.
      const film = await filmOf(name).catch(() => null);
      return {
        ...shown,
        hasEmail: parts.email !== null,
        hasPage: parts.site !== null,
        hasGate: contract?.gate?.when === 'asked',
        languages,
        subjects,
        blocks,
        scenes: film?.definition.scenes.map(({ id }) => id) ?? [],
        variants: (await variants).filter((it) => it.pack === name),
        complaint: null,
      };
    } catch (error) {
      return { ...shown, ...nothing, complaint: complain(error, folders, name) };
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
    const composition = await filmOf(ask.pack);
    const snapshot = takeSnapshot({
      id: '00000000-0000-4000-8000-000000000000',
      profile,
      pack,
      composition,
      sender: 'preview',
      variant: 'a',
      arrangement: ask.arrangement,
      gate: ask.gate,
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
      if (snapshot.gate && !ask.isAnswered) {
        // Any answer posted to the same address opens it.
        const page = gateQuestion(snapshot, pack, `${ask.origin}/frame/page?${ask.query}`);
        return pageHtml(page, ask.assets.styleUrl).replace('<style>', `<style nonce="${ask.assets.nonce}">`);
      }
      const assetUrl = (name: string) => `${ask.origin}/picture/asset-${name}.webp?${ask.query}`;
      return mergePage(snapshot, pack, { links, sender, assets: ask.assets, assetUrl });
    },

    async print(ask: Ask): Promise<PrintPage> {
      const { pack, snapshot, sender, links } = await make(ask);
      return mergePrint(snapshot, pack, { links, sender });
    },

    async picture(ask: Answers['picture']['ask']): Promise<string> {
      const { pack, snapshot } = await make(ask);
      return mergePicture(snapshot, pack, ask.name);
    },
  };
}

const nothing = {
  languages: [],
  subjects: [],
  blocks: [],
  scenes: [],
  variants: [],
  hasEmail: false,
  hasPage: false,
  hasGate: false,
} as const;

async function loadFilm(folder: string, name: string): Promise<LoadedComposition | null> {
  return (await listCompositions(folder)).includes(name) ? await loadComposition(folder, name) : null;
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
