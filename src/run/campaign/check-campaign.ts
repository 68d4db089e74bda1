// Enters: a campaign's draft and the shelf. Leaves: the campaign, and what may be meant but hardly is.
// Never: one error of several: the file's own and the shelf's are told together, each with its line.
import type { Campaign } from '../../campaign/campaign.ts';
import type { Complaint, Path } from '../../campaign/parse-yaml.ts';
import { unusable } from '../../campaign/parse-yaml.ts';
import type { CampaignDraft } from '../../campaign/read-campaign.ts';
import { DearlyError } from '../../errors.ts';
import type { Rule } from '../../segment/rule.ts';
import type { CompiledPack } from '../../template/compiled-pack.ts';
import type { Shelf } from '../shelf.ts';

export interface Checked {
  readonly campaign: Campaign;
  /** Ready to print, one line each. */
  readonly warnings: readonly string[];
}

/**
 * @param more what its caller complains of, told with the rest
 * @throws DearlyError `campaign-invalid` with every error; `pack-invalid`, `composition-invalid` where what it names is broken
 */
export async function checkCampaign(
  draft: CampaignDraft,
  shelf: Shelf,
  more: readonly Complaint[] = [],
): Promise<Checked> {
  const { fields } = draft;
  const complaints = [...draft.complaints, ...more];
  const look = makeLook(shelf, complaints);
  const pack = fields.pack === undefined ? null : await look('packs', ['pack'], fields.pack, shelf.pack);
  const composition =
    fields.composition === undefined
      ? null
      : await look('compositions', ['composition'], fields.composition, shelf.composition);
  if (fields.sender !== undefined) await look('senders', ['sender'], fields.sender, shelf.sender);
  if (pack) complaints.push(...againstPack(fields, pack));
  if (composition) {
    const scenes = composition.definition.scenes.map((it) => it.id);
    const named = (fields.variants ?? []).map((it) => it.scenes ?? []);
    complaints.push(...unknownNames(named, 'scenes', scenes, `the composition ${composition.name}`));
  }
  if (draft.campaign === null || complaints.length > 0) {
    throw unusable(draft.file, draft.describe(complaints));
  }
  const doubts = [...draft.doubts, ...(await unknownFacts(draft.campaign.audience, pack, shelf))];
  return { campaign: draft.campaign, warnings: draft.describe(doubts) };
}

type Kind = Parameters<Shelf['names']>[0];

function makeLook(shelf: Shelf, complaints: Complaint[]) {
  return async <T>(
    kind: Kind,
    path: Path,
    name: string,
    load: (name: string) => Promise<T>,
  ): Promise<T | null> => {
    const there = await shelf.names(kind);
    // What is there and broken throws its own faults: they stand in other files.
    if (there.includes(name)) return await load(name);
    const choice = there.length > 0 ? `there is ${there.join(', ')}` : 'there is none';
    complaints.push({ path, message: `${name} does not stand in ${kind}; ${choice}` });
    return null;
  };
}

function againstPack(fields: Partial<Campaign>, pack: CompiledPack): Complaint[] {
  const gate = pack.contract?.gate;
  const gates: Complaint[] =
    fields.gate && gate === undefined
      ? [{ path: ['gate'], message: `the pack ${pack.name} has no gate: nothing that only its reader knows` }]
      : [];
  const isGated = gate !== undefined && (fields.gate || gate.when === 'always');
  if (isGated && fields.attachments?.length) {
    const message = 'travel in the mail itself, before the gate: leave them out, or the gate';
    gates.push({ path: ['attachments'], message });
  }
  const offered = Object.keys(pack.contract?.attachments ?? {});
  const attachments = (fields.attachments ?? []).flatMap((name, at) =>
    offered.includes(name)
      ? []
      : [{ path: ['attachments', at], message: notIn(name, 'attachment', `the pack ${pack.name}`, offered) }],
  );
  const variants = fields.variants ?? [];
  const subjects = variants.flatMap(({ subject }, at) =>
    subject === undefined || pack.subjects.includes(subject)
      ? []
      : [
          {
            path: ['variants', at, 'subject'],
            message: notIn(subject, 'subject', `the pack ${pack.name}`, pack.subjects),
          },
        ],
  );
  const blocks = variants.map((it) => it.blocks ?? []);
  const document = fields.channels?.indexOf('pdf') ?? -1;
  const documents: Complaint[] =
    document < 0 || pack.parts.site !== null
      ? []
      : [
          {
            path: ['channels', document],
            message: `pdf needs a page; the pack ${pack.name} has no site.hbs`,
          },
        ];
  return [
    ...gates,
    ...attachments,
    ...documents,
    ...subjects,
    ...unknownNames(blocks, 'blocks', pack.blocks, `the pack ${pack.name}`),
  ];
}

function unknownNames(
  perVariant: readonly (readonly string[])[],
  field: 'blocks' | 'scenes',
  there: readonly string[],
  where: string,
): Complaint[] {
  return perVariant.flatMap((names, variant) =>
    names.flatMap((name, at) =>
      there.includes(name)
        ? []
        : [
            {
              path: ['variants', variant, field, at],
              message: notIn(name, field.slice(0, -1), where, there),
            },
          ],
    ),
  );
}

function notIn(name: string, what: string, where: string, there: readonly string[]): string {
  const choice = there.length > 0 ? `it has ${there.join(', ')}` : 'it has none';
  return `${where} has no ${what} ${name}; ${choice}`;
}

/** Facts that no contract names are never imported, so such a rule finds nobody (or, turned round, everybody). */
async function unknownFacts(rule: Rule, pack: CompiledPack | null, shelf: Shelf): Promise<Complaint[]> {
  const asked = factsIn(rule, ['audience']).filter(({ fact }) => !namesFact(pack, fact));
  if (asked.length === 0) return [];
  const packs = await Promise.all((await shelf.names('packs')).map((name) => loadOrNull(shelf, name)));
  return asked
    .filter(({ fact }) => !packs.some((it) => namesFact(it, fact)))
    .map(({ fact, path }) => ({ path, message: `no pack's contract names the fact ${fact}` }));
}

/** A broken pack that this campaign does not use is no reason to refuse it. */
async function loadOrNull(shelf: Shelf, name: string): Promise<CompiledPack | null> {
  try {
    return await shelf.pack(name);
  } catch (error) {
    if (error instanceof DearlyError) return null;
    throw error;
  }
}

function namesFact(pack: CompiledPack | null, fact: string): boolean {
  return Object.hasOwn(pack?.contract?.data.shape ?? {}, fact);
}

function factsIn(rule: Rule, path: Path): { readonly fact: string; readonly path: Path }[] {
  if (rule === true) return [];
  if ('all' in rule) return rule.all.flatMap((it, at) => factsIn(it, [...path, 'all', at]));
  if ('any' in rule) return rule.any.flatMap((it, at) => factsIn(it, [...path, 'any', at]));
  if ('not' in rule) return factsIn(rule.not, [...path, 'not']);
  const [head, fact] = rule.field.split('.');
  return head === 'facts' && fact !== undefined ? [{ fact, path: [...path, 'field'] }] : [];
}
