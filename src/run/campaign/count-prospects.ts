import type { Campaign } from '../../campaign/campaign.ts';
import type { FaultCode } from '../../errors.ts';
import { type Sensitivity, smallestDifference } from '../../measure/smallest-difference.ts';
import { clippedBytes } from '../../template/lint/html-size.ts';
import { longestPreheader } from '../../template/lint/preheader.ts';
import { longestSubject } from '../../template/lint/subject-length.ts';
import { type CommonDomains, countDomains } from './count-domains.ts';
import type { Prospect } from './plan-person.ts';

/** Of one text: how long it gets, and for how many it is too long. */
export interface TextLengths {
  readonly limit: number;
  readonly over: number;
  readonly longest: number;
  /** Whose is the longest, by external id; null where nobody has one. */
  readonly example: string | null;
}

export interface PlannedVariant {
  readonly variant: string;
  /** Who gets it first where there is a sample, else everybody who gets it. */
  readonly people: number;
  /** Null with one variant: there is nothing to tell. */
  readonly sensitivity: Sensitivity | null;
  /** Enough to see that one is twice as good as the other. */
  readonly decides: boolean;
}

export interface Prospects {
  readonly people: number;
  readonly reached: number;
  /** Reason → count. */
  readonly skipped: Readonly<Record<string, number>>;
  readonly failed: Readonly<Partial<Record<FaultCode | 'internal', { count: number; example: string }>>>;
  /** Missing or wrong, by the fact's name; a person may have several. */
  readonly facts: Readonly<Record<string, { readonly people: number; readonly problem: string }>>;
  readonly texts: Readonly<Record<'subject' | 'preheader' | 'htmlBytes', TextLengths>>;
  readonly variants: readonly PlannedVariant[];
  /** In the sample, where there is one. */
  readonly sampled: number | null;
  /** Not at the start: why → how many, and until when at the latest (ISO 8601). */
  readonly waits: Readonly<Record<string, { readonly people: number; readonly until: string }>>;
  readonly domains: CommonDomains;
}

/** What an ordinary campaign has; whoever knows better reads the sizes with their own. */
const usualRate = { clicks: 0.05, conversions: 0.01 } as const;

/** Counts, and keeps nobody: its memory does not grow with the audience. */
export function countProspects(campaign: Campaign) {
  let people = 0;
  let reached = 0;
  let sampled = 0;
  const skipped: Record<string, number> = {};
  const failed: Record<string, { count: number; example: string }> = {};
  const facts: Record<string, { people: number; problem: string }> = {};
  const waits: Record<string, { people: number; until: string }> = {};
  const perVariant = new Map(campaign.variants.map(({ name }) => [name, 0]));
  const domains = countDomains();
  const texts = {
    subject: lengths(longestSubject),
    preheader: lengths(longestPreheader),
    htmlBytes: lengths(clippedBytes),
  };

  function count(it: Prospect): void {
    people += 1;
    if (it.kind === 'skip') {
      skipped[it.reason] = (skipped[it.reason] ?? 0) + 1;
      for (const [fact, problem] of new Map(it.facts.map((one) => [one.fact, one.problem]))) {
        facts[fact] = { problem, ...facts[fact], people: (facts[fact]?.people ?? 0) + 1 };
      }
    } else if (it.kind === 'fail') {
      failed[it.code] = { example: it.message, ...failed[it.code], count: (failed[it.code]?.count ?? 0) + 1 };
    } else {
      reached += 1;
      if (it.phase === 'sample') sampled += 1;
      if (it.phase !== 'rest') perVariant.set(it.variant, (perVariant.get(it.variant) ?? 0) + 1);
      for (const text of ['subject', 'preheader', 'htmlBytes'] as const)
        texts[text].see(it[text], it.externalId);
      domains.see(it.domain);
      if (it.wait) {
        const { why } = it.wait;
        const until = it.wait.until.toISOString();
        const latest = waits[why]?.until ?? '';
        waits[why] = { people: (waits[why]?.people ?? 0) + 1, until: until > latest ? until : latest };
      }
    }
  }

  function result(): Prospects {
    return {
      people,
      reached,
      skipped,
      failed,
      facts,
      texts: {
        subject: texts.subject.result(),
        preheader: texts.preheader.result(),
        htmlBytes: texts.htmlBytes.result(),
      },
      variants: [...perVariant].map(([variant, count]) => ({
        variant,
        people: count,
        ...sensitivityOf(campaign, Math.min(...perVariant.values())),
      })),
      sampled: campaign.sample === null ? null : sampled,
      waits,
      domains: domains.result(),
    };
  }
  return { count, result, domains };
}

/** By the smallest of them: a comparison is as good as its weaker side. */
function sensitivityOf({ variants, sample }: Campaign, people: number) {
  if (variants.length < 2) return { sensitivity: null, decides: true };
  const rate = usualRate[sample?.by ?? 'clicks'];
  const sensitivity = smallestDifference(people, rate, sample?.confidence ?? 0.95);
  return { sensitivity, decides: sensitivity.seenFrom !== null && sensitivity.seenFrom <= 2 * rate };
}

function lengths(limit: number) {
  let over = 0;
  let longest = 0;
  let example: string | null = null;
  return {
    see(length: number, externalId: string) {
      if (length > limit) over += 1;
      if (length > longest) {
        longest = length;
        example = externalId;
      }
    },
    result: (): TextLengths => ({ limit, over, longest, example }),
  };
}
