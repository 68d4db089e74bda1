// Enters: CampaignPlan. Leaves: it as a page for a terminal, what hurts most in yellow. Never: a figure that the plan has not.
import { styleText } from 'node:util';
import type { Campaign } from '../../../campaign/campaign.ts';
import type { PlannedVariant, TextLengths } from '../../../run/campaign/count-prospects.ts';
import type { CampaignPlan } from '../../../run/campaign/plan-campaign.ts';
import { bar, bold, dim, many, moment, percent, printable, type Style, table } from '../paint.ts';
import { describePlan } from '../plan-report.ts';
import { inMinutes } from '../progress.ts';

const barWidth = 28;
const warn = (text: string) => styleText('yellow', `⚠ ${text}`);

export function describeCampaignPlan(plan: CampaignPlan, campaign: Campaign): string {
  const zone = campaign.schedule?.time_zone ?? 'UTC';
  const start = campaign.schedule ? `starts ${moment(plan.startsAt, zone)}` : 'starts when you say so';
  return `${[
    `${bold(plan.campaign)}  ${dim(`${start}; nothing is sent now`)}`,
    '',
    ...audienceOf(plan),
    ...section('missing or wrong facts', factsOf(plan)),
    ...section('cannot be made', failedOf(plan)),
    ...section('texts', textsOf(plan)),
    ...section('variants', variantsOf(plan, campaign)),
    ...section('not at once', waitsOf(plan, zone)),
    ...section('domains', domainsOf(plan, campaign)),
    ...section('attached to each', attachedOf(plan)),
    ...section('how long', durationOf(plan, campaign)),
    ...section('made ahead', documentsOf(plan)),
    ...(plan.films ? ['', describePlan(plan.films).trimEnd()] : []),
  ].join('\n')}\n`;
}

function audienceOf({ people, reached, skipped }: CampaignPlan): string[] {
  const reasons = Object.entries(skipped).sort((a, b) => b[1] - a[1]);
  const rows: [string, number, Style][] = [
    ['get it', reached, 'green'],
    ...reasons.map(([reason, count]): [string, number, Style] => [
      reason,
      count,
      reason === 'holdout' ? 'gray' : 'yellow',
    ]),
  ];
  const lines = table([
    ['people', many(people)],
    ...rows.map(([name, count]) => [printable(name), many(count)]),
  ]);
  return lines.map((line, at) => {
    const row = rows[at - 1];
    return row ? `  ${line}  ${bar(row[1] / Math.max(1, people), barWidth, row[2])}` : `  ${bold(line)}`;
  });
}

function factsOf({ facts }: CampaignPlan): string[] {
  const found = Object.entries(facts).sort((a, b) => b[1].people - a[1].people);
  const lines = table(found.slice(0, 10).map(([fact, { people }]) => [printable(fact), many(people)]));
  const more = found.length > 10 ? [dim(`and ${found.length - 10} more`)] : [];
  return [...lines.map((line, at) => `${line}  ${dim(printable(found[at]?.[1].problem ?? ''))}`), ...more];
}

function failedOf({ failed }: CampaignPlan): string[] {
  return Object.entries(failed).map(([code, it]) =>
    warn(`${many(it.count)} ${code}, for example: ${printable(it.example)}`),
  );
}

function textsOf({ texts, reached }: CampaignPlan): string[] {
  if (reached === 0) return [];
  const one = (name: string, it: TextLengths, [word, unit]: readonly [string, number], cut: string) => {
    const show = (size: number) => many(Math.ceil(size / unit));
    const said = `${name.padEnd(10)} at most ${show(it.longest)} of ${many(it.limit / unit)} ${word}`;
    if (it.over === 0) return said;
    return warn(
      `${said}: ${many(it.over)} are longer and ${cut}; the longest is ${printable(it.example ?? '')}'s`,
    );
  };
  return [
    one('subject', texts.subject, ['characters', 1], 'get cut off'),
    one('preheader', texts.preheader, ['characters', 1], 'get cut off'),
    one('HTML', texts.htmlBytes, ['KB', 1024], 'are clipped by Gmail'),
  ];
}

function attachedOf({ attachments, duration, reached }: CampaignPlan): string[] {
  if (attachments.length === 0 || reached === 0) return [];
  return [`${attachments.map(printable).join(', ')}  ${paceOf(duration.seconds.attaching, reached)}`];
}

function documentsOf({ documents, reached }: CampaignPlan): string[] {
  if (documents === null || reached === 0) return [];
  const { seconds } = documents;
  return [
    `${many(reached)} PDFs${seconds === null ? '' : ` in about ${inMinutes(seconds)}`}, beside the sending  ${paceOf(seconds, reached)}`,
  ];
}

function paceOf(seconds: number | null, reached: number): string {
  if (seconds === null) return dim('not to be tried here, so nobody can say how long it takes');
  return dim(`${(reached / seconds).toFixed(1)} a second in one process here`);
}

function variantsOf({ variants, sampled, reached }: CampaignPlan, { sample }: Campaign): string[] {
  if (variants.length < 2) return [];
  const rows = table(variants.map((it) => [it.variant, many(it.people)]));
  const first =
    sampled === null
      ? []
      : [
          `${many(sampled)} get them first (about ${percent(sampled / Math.max(1, reached))}); ${many(reached - sampled)} get the winner`,
        ];
  const [any] = variants;
  return [...first, ...rows, ...(any ? [verdict(any, sample?.by ?? 'clicks')] : [])];
}

function verdict({ sensitivity, decides }: PlannedVariant, by: 'clicks' | 'conversions'): string {
  if (sensitivity === null) return '';
  const rate = (share: number) => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
  const { rate: usual, seenFrom } = sensitivity;
  if (seenFrom === null) return warn('too few to tell anything; enlarge the sample');
  const seen = `against ${rate(usual)} ${by}, ${rate(seenFrom)} or more would show as better`;
  return decides
    ? `enough to tell: ${seen}`
    : warn(`too few to tell: ${seen}, and nothing below; enlarge the sample`);
}

const waitingFor: Readonly<Record<string, string>> = {
  'local-time': 'their own clock to show the hour',
  'quiet-hours': 'the end of quiet hours',
};

function waitsOf({ waits }: CampaignPlan, zone: string): string[] {
  return Object.entries(waits).map(
    ([why, it]) =>
      `${many(it.people)} wait for ${waitingFor[why] ?? why}, the last until ${moment(it.until, zone)}`,
  );
}

function domainsOf({ domains, reached }: CampaignPlan, { throttle }: Campaign): string[] {
  const top = domains.top.slice(0, 5);
  const limitOf = (domain: string) => throttle?.domains[domain] ?? throttle?.per_domain;
  const rows = table(
    top.map(({ domain, people }) => {
      const limit = limitOf(domain);
      return [
        printable(domain),
        many(people),
        percent(people / Math.max(1, reached)),
        limit === undefined ? '' : `${inMinutes(people / limit)} at ${limit} a second`,
      ];
    }),
    [0, 3],
  );
  const rest =
    domains.different === null ? 'tens of thousands of others' : `${many(domains.different)} in all`;
  return top.length === 0 ? [] : [...rows, ...((domains.different ?? 99) > 5 ? [dim(rest)] : [])];
}

function durationOf({ duration, reached, waits }: CampaignPlan, { sample }: Campaign): string[] {
  if (reached === 0) return ['nobody gets it'];
  const { seconds, sending, limitedBy, mergedPerSecond, decidesAfter } = duration;
  const why = {
    merging: `merging: ${many(Math.round(mergedPerSecond ?? 0))} a second in one process here`,
    attachments: 'what is attached: each is made with its message',
    per_second: 'throttle.per_second',
    per_domain: `the limit of ${printable(seconds.perDomain?.domain ?? '')}`,
  }[limitedBy];
  const lines = [
    `${bold(`about ${inMinutes(sending)}`)}, set by ${why}`,
    dim(
      `the mail server’s own time comes on top${Object.keys(waits).length > 0 ? ', and the waits above' : ''}`,
    ),
  ];
  if (decidesAfter !== null && sample) {
    lines.push(`the rest waits for the winner, ${inMinutes(decidesAfter)} at the latest`);
  }
  return lines;
}

function section(name: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', dim(name), ...lines.map((it) => `  ${it}`)];
}
