// Enters: a folder of packs and a name. Leaves: every finding about it, those of its samples' messages included; what variants may choose.
// Never: a database, or a link that leads anywhere.
import { randomBytes } from 'node:crypto';
import { listCompositions, loadComposition } from '../adapters/packs/load-composition.ts';
import { loadPack } from '../adapters/packs/load-pack.ts';
import { loadSamples, type Sample } from '../adapters/packs/load-samples.ts';
import { DearlyError } from '../errors.ts';
import type { LoadedComposition } from '../merge/make-storyboard.ts';
import { takeSnapshot } from '../merge/take-snapshot.ts';
import { inLanguage } from '../run/in-language.ts';
import type { CompiledPack } from '../template/compiled-pack.ts';
import type { Finding } from '../template/lint/finding.ts';
import type { MergedSample } from '../template/lint/lint.ts';
import { lint, lintMerged } from '../template/lint/lint-pack.ts';
import { brokenSample } from '../template/lint/samples.ts';
import { PackFault } from '../template/pack-fault.ts';
import { makeLinks } from '../track/make-links.ts';
import { authorsPlace } from './authors-place.ts';
import { mergeSample } from './merge-sample.ts';

interface Folders {
  readonly packs: string;
  readonly compositions: string;
}

export interface CheckedPack {
  readonly findings: readonly Finding[];
  /** Names for a campaign's variants; none where the pack does not load. */
  readonly choices: { readonly blocks: readonly string[]; readonly subjects: readonly string[] };
}

/** @throws DearlyError `pack-missing`, `pack-invalid` where not even the files can be read */
export async function checkPack(folders: Folders, name: string): Promise<CheckedPack> {
  let pack: CompiledPack;
  try {
    pack = await loadPack(folders.packs, name);
  } catch (error) {
    if (error instanceof PackFault)
      return { findings: error.findings, choices: { blocks: [], subjects: [] } };
    throw error;
  }
  const { blocks, subjects } = pack;
  return { findings: await findIn(pack, folders), choices: { blocks, subjects } };
}

async function findIn(pack: CompiledPack, folders: Folders): Promise<readonly Finding[]> {
  const { name } = pack;
  const found = await lint(pack);
  if (pack.parts.email === null) return found;
  const isFilmed = (await listCompositions(folders.compositions)).includes(name);
  const composition = isFilmed ? await loadComposition(folders.compositions, name) : null;
  const merged: MergedSample[] = [];
  const broken: Finding[] = [];
  for (const sample of await loadSamples(folders.packs, name)) {
    for (const lang of pack.languages) {
      try {
        merged.push(merge(sample, lang, pack, composition));
      } catch (error) {
        broken.push(brokenSample(sample.name, lang, reasonOf(error, folders)));
      }
    }
  }
  return [...broken, ...found, ...lintMerged(merged)].sort((a, b) => a.level.localeCompare(b.level));
}

/** @throws the error itself where it is none of the author's */
function reasonOf(error: unknown, { packs, compositions }: Folders): string {
  if (error instanceof DearlyError) return [error.message, ...error.details].join(' ');
  const place = authorsPlace(error, [packs, compositions]);
  if (place === null || !(error instanceof Error)) throw error;
  return `${place}: ${error.message}`;
}

/** As long as a real message gets: every link is signed, and none can be followed, for nobody has the key. */
function merge(
  { name, profile }: Sample,
  lang: string,
  pack: CompiledPack,
  composition: LoadedComposition | null,
): MergedSample {
  const message = {
    id: '00000000-0000-4000-8000-000000000000',
    profile: inLanguage(profile, lang),
    pack,
    composition,
    sender: 'sample',
    variant: 'a',
    tracking: true,
    now: new Date(),
  };
  const snapshot = takeSnapshot(message);
  // The gate's answer is asked of the sample, too; what is measured is the mail that shows most.
  if (pack.contract?.gate?.when === 'asked') takeSnapshot({ ...message, gate: true });
  const origin = 'https://mail.example.com';
  const links = makeLinks(randomBytes(32), snapshot, { api: origin, site: origin });
  return mergeSample(`${name}, ${lang}`, snapshot, pack, links, writer);
}

const writer = {
  from: { name: 'Somebody who writes', address: 'somebody@example.com' },
  legal: { company: 'Somebody GmbH', lines: ['A street 1', '12345 A town', 'Register number 12345'] },
};
