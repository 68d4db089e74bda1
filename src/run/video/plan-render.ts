// Enters: a campaign and formats. Leaves: RenderPlan, what drawing its films would take, before any is drawn.
// Never: a row, a message, or a film that stays; the one that is drawn to measure the pace is dropped again.
import type { Campaign } from '../../campaign/campaign.ts';
import type { Member } from '../../decide/decide.ts';
import { DearlyError } from '../../errors.ts';
import type { Storyboard } from '../../merge/snapshot.ts';
import { expectedSeconds, planSegments, type SegmentPlan } from '../../render/plan-segments.ts';
import { jobsOf, segmentKey } from '../../render/segment-key.ts';
import type { Rule } from '../../segment/rule.ts';
import type { Format } from '../../template/composition.ts';
import type { OneTools } from '../one.ts';
import { chooseFormat } from './choose-format.ts';
import { type DrawFilm, measurePace, type Pace, toldPace } from './measure-pace.ts';
import { type Audience, readFilms } from './read-films.ts';

export interface PlannedScene {
  readonly id: string;
  /** Frames that people see of it, all films together. */
  readonly frames: number;
  /** Its different segments, and their frames. */
  readonly distinctSegments: number;
  readonly distinctFrames: number;
}

export interface FormatPlan extends Omit<SegmentPlan, 'perScene' | 'videos'> {
  readonly format: Format;
  /** What is neither kept nor shared. */
  readonly framesToDraw: number;
  readonly scenes: readonly PlannedScene[];
  readonly expected: Expected;
}

/** Null is what no pace tells. */
export interface Expected {
  readonly minutes: number | null;
  readonly filmBytes: number | null;
  readonly segmentBytes: number | null;
}

export interface RenderPlan extends Readonly<Audience> {
  readonly campaign: string;
  readonly composition: string;
  readonly formats: readonly FormatPlan[];
  readonly pace: Pace | null;
}

export interface PlanTools extends Pick<OneTools, 'shelf' | 'now' | 'newId'> {
  readonly audience: {
    count(rule: Rule): Promise<number>;
    read(rule: Rule, capDays?: number): AsyncIterable<readonly Member[]>;
  };
  /** The lane's word for how it draws this one. */
  readonly drawnBy: (storyboard: Storyboard) => Promise<string>;
  /** Which of these segments are kept. */
  readonly has: (keys: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Draws a film as a worker would, but keeps only its scenes. */
  readonly draw: DrawFilm;
  /** Drops those: no snapshot says whose they are, so erasing this person would not find them. */
  readonly forget: (storyboard: Storyboard, format: Format) => Promise<void>;
}

export interface PlanOptions {
  readonly formats: readonly Format[];
  /** Of the machines that will draw; measured here when left out. */
  readonly framesPerSecond?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Films read so far, of all formats together. */
  readonly onPeople?: (done: number, total: number) => void;
  /** All are read; a film is drawn next, to know the pace. */
  readonly onMeasure?: (people: number) => void;
  readonly onFrames?: (done: number, total: number) => void;
}

/** @throws DearlyError `campaign-invalid` where it has no film, `request-invalid` where not in such a format; `pack-…` */
export async function planRender(
  campaign: Campaign,
  options: PlanOptions,
  tools: PlanTools,
): Promise<RenderPlan> {
  const { composition: name } = campaign;
  if (name === undefined) {
    throw new DearlyError('campaign-invalid', `The campaign "${campaign.name}" has no film.`, {
      details: ['composition: name one, such as statement'],
    });
  }
  const film = { composition: name, formats: (await tools.shelf.composition(name)).definition.formats };
  const wanted = options.formats.length === 0 ? [chooseFormat(film, undefined)] : options.formats;
  for (const format of wanted) chooseFormat(film, format);

  const total = (await tools.audience.count(campaign.audience)) * wanted.length;
  const samples: Storyboard[] = [];
  const plans: Omit<FormatPlan, 'expected'>[] = [];
  let audience = emptyAudience();
  let done = 0;
  for (const format of wanted) {
    audience = emptyAudience();
    const shown = new Map<string, number>();
    const { perScene, videos: _, ...plan } = await planSegments(films(audience, shown), { format, ...tools });
    const scenes = perScene.map(({ id, distinct, frames }) => {
      return { id, frames: shown.get(id) ?? 0, distinctSegments: distinct, distinctFrames: frames };
    });
    plans.push({ format, ...plan, framesToDraw: plan.distinctFrames - plan.keptFrames, scenes });
  }
  const pace = await paceOf(plans, samples, { ...options, people: audience.people }, tools);
  return {
    campaign: campaign.name,
    composition: name,
    ...audience,
    formats: plans.map((plan) => ({ ...plan, expected: expect(plan, audience.films, pace) })),
    pace,
  };

  /** Read once per format: one stream cannot be read at several places without keeping all of it. */
  async function* films(counted: Audience, shown: Map<string, number>): AsyncGenerator<Storyboard> {
    const members = tools.audience.read(campaign.audience, campaign.frequency_cap?.days);
    for await (const storyboard of readFilms(campaign, paced(members), tools, counted)) {
      for (const { id, durationInFrames } of storyboard.scenes)
        shown.set(id, (shown.get(id) ?? 0) + durationInFrames);
      if (samples.length < samplesKept) samples.push(storyboard);
      yield storyboard;
    }
  }

  async function* paced(members: AsyncIterable<readonly Member[]>): AsyncGenerator<readonly Member[]> {
    for await (const page of members) {
      options.signal?.throwIfAborted();
      yield page;
      done += page.length;
      options.onPeople?.(done, Math.max(done, total));
    }
  }
}

/** Enough to find one among them that is not drawn yet. */
const samplesKept = 50;

function emptyAudience(): Audience {
  return { people: 0, films: 0, skipped: {}, failed: {} };
}

async function paceOf(
  plans: readonly Omit<FormatPlan, 'expected'>[],
  samples: readonly Storyboard[],
  { people, framesPerSecond, onMeasure, ...options }: PlanOptions & { readonly people: number },
  tools: PlanTools,
): Promise<Pace | null> {
  if (framesPerSecond !== undefined) return toldPace(framesPerSecond);
  const plan = plans.find((it) => it.framesToDraw > 0) ?? plans[0];
  const sample = plan && (await leastKept(samples, plan.format, tools));
  if (!plan || !sample) return null;
  onMeasure?.(people);
  try {
    return await measurePace(sample, { ...options, format: plan.format }, tools);
  } finally {
    await tools.forget(sample, plan.format);
  }
}

async function leastKept(
  samples: readonly Storyboard[],
  format: Format,
  { drawnBy, has }: PlanTools,
): Promise<Storyboard | undefined> {
  let best: { storyboard: Storyboard; missing: number } | undefined;
  for (const storyboard of samples) {
    const maker = await drawnBy(storyboard);
    const jobs = jobsOf(storyboard, format).map((job) => ({ job, key: segmentKey(job, maker) }));
    const kept = await has(jobs.map(({ key }) => key));
    const missing = jobs
      .filter(({ key }) => !kept.has(key))
      .reduce((sum, { job }) => sum + job.scene.durationInFrames, 0);
    if (best === undefined || missing > best.missing) best = { storyboard, missing };
    if (kept.size === 0) break;
  }
  return best?.storyboard;
}

function expect(plan: Omit<FormatPlan, 'expected'>, films: number, pace: Pace | null): Expected {
  const { framesPerSecond = null, secondsPerFilm = null, bytesPerFrame = null } = pace ?? {};
  const isKnown = framesPerSecond !== null || (plan.framesToDraw === 0 && pace !== null);
  const whole = { ...plan, videos: films, perScene: [] };
  const seconds = expectedSeconds(whole, framesPerSecond ?? Number.POSITIVE_INFINITY, secondsPerFilm ?? 0);
  return {
    minutes: isKnown ? Math.round(seconds / 0.6) / 100 : null,
    filmBytes: bytesPerFrame && Math.round(plan.frames * bytesPerFrame),
    segmentBytes: bytesPerFrame && Math.round(plan.distinctFrames * bytesPerFrame),
  };
}
