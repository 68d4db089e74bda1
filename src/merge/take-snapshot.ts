// Enters: a profile, a pack, perhaps a composition, the moment. Leaves: Snapshot, all words and numbers ready to show.
// Never: the clock, a lookup, or a second look at the profile.
import type { z } from 'zod';
import type { Arrangement } from '../campaign/variant.ts';
import { DearlyError } from '../errors.ts';
import { dataVersionOf } from '../profile/data-version.ts';
import type { Json, Profile } from '../profile/profile.ts';
import type { CompiledPack } from '../template/compiled-pack.ts';
import type { AttachmentSource, Contract, Say } from '../template/contract.ts';
import { keep } from '../template/keep.ts';
import { arrangementFaults, saidBy } from './arrangement.ts';
import { cleanText } from './clean-text.ts';
import { dayIn } from './day-in.ts';
import { makeSay } from './format.ts';
import { type LoadedComposition, makeStoryboard } from './make-storyboard.ts';
import { hashPictures } from './merge-picture.ts';
import type { Snapshot } from './snapshot.ts';
import { takeGate } from './take-gate.ts';

/**
 * @throws DearlyError `data-incomplete`, naming each fact; `pack-invalid` when the pack presents what its own view refuses;
 * `campaign-invalid` when the arrangement names what pack or composition have not
 */
export function takeSnapshot(input: {
  readonly id: string;
  readonly profile: Profile;
  readonly pack: CompiledPack;
  readonly composition: LoadedComposition | null;
  readonly sender: string;
  readonly variant: string;
  /** How the variant puts the message together; left out, as pack and composition stand. */
  readonly arrangement?: Arrangement;
  readonly tracking: boolean;
  /** Names of the contract's attachments that go with this message. */
  readonly attachments?: readonly string[];
  /** The campaign asks for the pack's gate; left out, only one that is always there stands before the figures. */
  readonly gate?: boolean;
  readonly now: Date;
}): Snapshot {
  const { id, pack, composition, variant, tracking, now } = input;
  const { contract } = pack;
  if (contract === null) {
    throw new DearlyError(
      'pack-missing',
      `Version ${pack.version} of "${pack.name}" is kept to be read only.`,
    );
  }
  const arrangement = saidBy(input.arrangement ?? {});
  if (arrangement !== null) refuseUnknown(arrangement, pack, composition);
  const profile = cleanText(input.profile);
  const lang = languageFor(profile.locale, pack.languages);
  const messages = pack.messages[lang] ?? {};
  const { timeZone } = profile;
  const asOf = dayIn(timeZone, now);
  const say = makeSay({ lang, locale: profile.locale, messages, timeZone, asOf });
  const data = parseFacts(contract.data, profile, pack.name);
  const presented = contract.present({ person: profile, data, asOf, say });
  const view = parseView(contract.view, presented, pack.name);
  const asks = contract.confirms?.(view) ?? [];
  const gate = takeGate(contract, data, input.gate ?? false, pack.name);
  const snapshot: Snapshot = {
    id,
    profileId: profile.id,
    pack: { name: pack.name, version: pack.version },
    purpose: contract.purpose,
    sender: input.sender,
    variant,
    ...(arrangement && { arrangement }),
    lang,
    locale: say.locale,
    timeZone,
    asOf,
    tracking,
    dataVersion: dataVersionOf(profile),
    view,
    targets: targetsOf(contract.targets?.(view) ?? {}, pack.name),
    storyboard:
      composition === null ? null : makeStoryboard(composition, view, lang, asOf, arrangement?.scenes),
    ...(input.attachments?.length && {
      attachments: input.attachments.map((name) => attachmentOf(contract, name, view, say, pack.name)),
    }),
    ...(asks.length > 0 && profile.email && { confirms: { address: profile.email, asks } }),
    ...(gate && { gate }),
    madeAt: now.toISOString(),
  };
  const pictures = hashPictures(snapshot, pack);
  return Object.keys(pictures).length === 0 ? snapshot : { ...snapshot, pictures };
}

function refuseUnknown(
  arrangement: Arrangement,
  pack: CompiledPack,
  composition: LoadedComposition | null,
): void {
  const details = arrangementFaults(arrangement, pack, composition);
  if (details.length === 0) return;
  throw new DearlyError('campaign-invalid', 'A variant asks for what its pack or film has not.', { details });
}

/** The person's language where the pack has it, the pack's first otherwise. */
function languageFor(locale: string, languages: readonly string[]): string {
  const { baseName, language } = localeNames(locale);
  if (languages.includes(baseName)) return baseName;
  return languages.includes(language) ? language : (languages[0] ?? 'de');
}

const localeNames = keep((locale: string) => {
  const { baseName, language } = new Intl.Locale(locale);
  return { baseName, language };
});

/** @throws DearlyError `pack-invalid` where the pack offers nothing of that name */
function attachmentOf(
  { attachments = {} }: Contract,
  name: string,
  view: Record<string, Json>,
  say: Say,
  pack: string,
): AttachmentSource {
  const make = Object.hasOwn(attachments, name) ? attachments[name] : undefined;
  if (make !== undefined) return make(view, say);
  const offered = Object.keys(attachments).join(', ') || 'nothing';
  throw new DearlyError('pack-invalid', `The pack "${pack}" has no attachment "${name}".`, {
    details: [`contract.ts: attachments: it offers ${offered}`],
  });
}

function parseFacts(schema: z.ZodObject, profile: Profile, pack: string): Record<string, unknown> {
  const parsed = schema.safeParse(profile.facts);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  const fields = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))].join(', ');
  throw new DearlyError(
    'data-incomplete',
    `The pack "${pack}" lacks usable facts of this profile: ${fields}.`,
    {
      details,
    },
  );
}

function parseView(schema: z.ZodObject, presented: unknown, pack: string): Record<string, Json> {
  const parsed = schema.safeParse(presented);
  if (parsed.success) return parsed.data as Record<string, Json>;
  const details = parsed.error.issues.map((issue) => `present.ts: ${issue.path.join('.')}: ${issue.message}`);
  throw new DearlyError('pack-invalid', `The pack "${pack}" presents what its own view refuses.`, {
    details,
  });
}

function targetsOf(targets: Readonly<Record<string, string>>, pack: string): Record<string, string> {
  for (const [name, address] of Object.entries(targets)) {
    if (URL.parse(address)?.protocol === 'https:') continue;
    throw new DearlyError('pack-invalid', `The pack "${pack}" has a target that is no https address.`, {
      details: [`contract.ts: targets.${name}: expected an https address`],
    });
  }
  return { ...targets };
}
