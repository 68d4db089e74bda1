// Enters: a checked campaign. Leaves: CampaignPlan, what sending it would come to, person by person, before anything is sent.
// Never: a row, a snapshot, a message, or memory that grows with the audience.
import type { Campaign } from '../../campaign/campaign.ts';
import { comesByItself, nextOccurrence } from '../../campaign/next-occurrence.ts';
import type { Snapshot } from '../../merge/snapshot.ts';
import type { ArtefactStore } from '../../render/artefact-store.ts';
import type { Attach } from '../attach.ts';
import type { Pdfs } from '../make-pdf.ts';
import { type PlanTools, planRender, type RenderPlan } from '../video/plan-render.ts';
import { countProspects, type Prospects } from './count-prospects.ts';
import { type ExpectedDuration, expectDuration } from './expect-duration.ts';
import { measureMaking, wantedSnapshots } from './measure-making.ts';
import { type Occasion, type Prospect, type ProspectTools, planPerson } from './plan-person.ts';

export interface CampaignPlan extends Prospects {
  readonly campaign: string;
  /** When it would start, ISO 8601: its next occurrence, or now. */
  readonly startsAt: string;
  readonly duration: ExpectedDuration;
  /** By the contract's names. */
  readonly attachments: readonly string[];
  /** PDFs made ahead, beside the sending: by one process, as measured just now; null where it could not be tried here. Null where none are. */
  readonly documents: { readonly perSecond: number | null; readonly seconds: number | null } | null;
  /** Null where no film is made ahead. */
  readonly films: RenderPlan | null;
}

export interface PlanCampaignTools extends PlanTools, ProspectTools {
  readonly store: ArtefactStore;
  readonly attach: Attach;
  readonly pdfs: Pick<Pdfs, 'draw'>;
}

export interface PlanCampaignOptions {
  readonly signal?: AbortSignal | undefined;
  /** Of the machines that will draw films; measured here when left out. */
  readonly framesPerSecond?: number | undefined;
  readonly onPeople?: (done: number, total: number) => void;
  /** Everybody who would not get it, one by one; waited for. */
  readonly onLeftOut?: (prospect: Exclude<Prospect, { kind: 'send' }>) => Promise<void> | void;
  /** People are done; films come next, read once more. */
  readonly onFilms?: (done: number, total: number) => void;
}

/** @throws DearlyError `pack-…`, `composition-…`, `campaign-invalid` */
export async function planCampaign(
  campaign: Campaign,
  tools: PlanCampaignTools,
  options: PlanCampaignOptions = {},
): Promise<CampaignPlan> {
  const occasion = await occasionOf(campaign, tools);
  const counting = countProspects(campaign);
  const total = await tools.audience.count(campaign.audience);
  const clock = makeClock();
  const some: Snapshot[] = [];
  let done = 0;
  for await (const page of tools.audience.read(campaign.audience, campaign.frequency_cap?.days)) {
    for (const member of page) {
      const prospect = await planPerson(member, occasion, tools);
      counting.count(prospect);
      if (prospect.kind !== 'send') await options.onLeftOut?.(prospect);
      else if (some.length < wantedSnapshots) some.push(prospect.snapshot);
    }
    options.signal?.throwIfAborted();
    clock.see(page.length);
    done += page.length;
    options.onPeople?.(done, Math.max(done, total));
  }
  const prospects = counting.result();
  const { reached } = prospects;
  const attached =
    campaign.attachments.length > 0 ? await measureMaking(some, tools.attach, tools.store) : null;
  return {
    campaign: campaign.name,
    startsAt: occasion.startsAt.toISOString(),
    ...prospects,
    duration: expectDuration(campaign, reached, counting.domains.all(), clock.perSecond(), attached),
    attachments: campaign.attachments,
    documents: campaign.channels.includes('pdf') ? await planDocuments(reached, some, tools) : null,
    films: campaign.channels.includes('video') ? await planFilms(campaign, tools, options) : null,
  };
}

/** People a second; from the second page on where there is one, because templates warm up on the first. */
function makeClock() {
  const from = performance.now();
  let warm = { at: from, people: 0 };
  let pages = 0;
  let people = 0;
  return {
    see(count: number): void {
      pages += 1;
      people += count;
      if (pages === 1) warm = { at: performance.now(), people };
    },
    perSecond(): number | null {
      const isWarm = pages > 2;
      const seconds = (performance.now() - (isWarm ? warm.at : from)) / 1000;
      const counted = isWarm ? people - warm.people : people;
      return counted === 0 || seconds === 0 ? null : Math.round((counted / seconds) * 10) / 10;
    },
  };
}

async function occasionOf(campaign: Campaign, tools: PlanCampaignTools): Promise<Occasion> {
  const { schedule } = campaign;
  const now = tools.now();
  const next = comesByItself(schedule) ? nextOccurrence(schedule, now) : null;
  const pack = await tools.shelf.pack(campaign.pack);
  return {
    runId: tools.newId(),
    campaign,
    purpose: pack.contract?.purpose ?? 'marketing',
    startsAt: next ?? now,
    pack,
    sender: await tools.shelf.sender(campaign.sender),
  };
}

async function planDocuments(
  reached: number,
  some: readonly Snapshot[],
  { pdfs, store }: Pick<PlanCampaignTools, 'pdfs' | 'store'>,
): Promise<CampaignPlan['documents']> {
  const perSecond = await measureMaking(some, (it) => pdfs.draw(it), store);
  return { perSecond, seconds: perSecond && reached / perSecond };
}

async function planFilms(
  campaign: Campaign,
  tools: PlanCampaignTools,
  { framesPerSecond, signal, onFilms }: PlanCampaignOptions,
): Promise<RenderPlan> {
  const options = { formats: [], framesPerSecond, signal, ...(onFilms && { onPeople: onFilms }) };
  return await planRender(campaign, options, tools);
}
