// Enters: a checked campaign. Leaves: CampaignPlan, what sending it would come to, person by person, before anything is sent.
// Never: a row, a snapshot, a message, or memory that grows with the audience.
import type { Campaign } from '../../campaign/campaign.ts';
import { comesByItself, nextOccurrence } from '../../campaign/next-occurrence.ts';
import { type PlanTools, planRender, type RenderPlan } from '../video/plan-render.ts';
import { countProspects, type Prospects } from './count-prospects.ts';
import { type ExpectedDuration, expectDuration } from './expect-duration.ts';
import { type Occasion, type Prospect, type ProspectTools, planPerson } from './plan-person.ts';

export interface CampaignPlan extends Prospects {
  readonly campaign: string;
  /** When it would start, ISO 8601: its next occurrence, or now. */
  readonly startsAt: string;
  readonly duration: ExpectedDuration;
  /** By the contract's names. Files that a browser or the film's lane makes are not counted in `duration`. */
  readonly attachments: readonly string[];
  /** Null where no film is made ahead. */
  readonly films: RenderPlan | null;
}

export interface PlanCampaignTools extends PlanTools, ProspectTools {}

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
  let done = 0;
  for await (const page of tools.audience.read(campaign.audience, campaign.frequency_cap?.days)) {
    for (const member of page) {
      const prospect = await planPerson(member, occasion, tools);
      counting.count(prospect);
      if (prospect.kind !== 'send') await options.onLeftOut?.(prospect);
    }
    options.signal?.throwIfAborted();
    clock.see(page.length);
    done += page.length;
    options.onPeople?.(done, Math.max(done, total));
  }
  const prospects = counting.result();
  const { reached } = prospects;
  return {
    campaign: campaign.name,
    startsAt: occasion.startsAt.toISOString(),
    ...prospects,
    duration: expectDuration(campaign, reached, counting.domains.all(), clock.perSecond()),
    attachments: campaign.attachments,
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

async function planFilms(
  campaign: Campaign,
  tools: PlanCampaignTools,
  { framesPerSecond, signal, onFilms }: PlanCampaignOptions,
): Promise<RenderPlan> {
  const options = { formats: [], framesPerSecond, signal, ...(onFilms && { onPeople: onFilms }) };
  return await planRender(campaign, options, tools);
}
