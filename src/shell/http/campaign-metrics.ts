// Enters: looks at the campaigns that are going on. Leaves: them as gauges, named as the API names them.
// Never: a run that has ended, so that the labels do not grow for ever.
import type { Count } from '../../adapters/postgres/count-work.ts';
import type { Progress } from '../../measure/progress.ts';
import { gauge } from './prometheus.ts';
import type { RunFeed, RunLook } from './run-feed.ts';

/** More at once would be a page that nobody reads. */
export const mostRuns = 50;

export async function campaignLines(
  runIds: readonly string[],
  feed: Pick<RunFeed, 'look'>,
): Promise<string[]> {
  const looks: RunLook[] = [];
  // One after the other: a scrape is no reason to take all of a pool's connections.
  for (const id of runIds.slice(0, mostRuns)) looks.push(await feed.look(id));
  const of = (name: keyof Progress): Count[] =>
    looks.flatMap((look) => {
      const value = look.progress[name];
      return value === null ? [] : [{ labels: labelsOf(look), value: Number(value.toFixed(3)) }];
    });
  const byKey = (pick: (look: RunLook) => Readonly<Record<string, number>>, key: string): Count[] =>
    looks.flatMap((look) =>
      Object.entries(pick(look)).map(([it, value]) => ({ labels: { ...labelsOf(look), [key]: it }, value })),
    );
  return [
    ...gauge(
      'dearly_campaign_by_state',
      'Rows of each campaign under way (byState).',
      byKey(({ tally }) => tally.byState, 'state'),
    ),
    ...gauge(
      'dearly_campaign_skipped',
      'Why rows of it were skipped (skipped).',
      byKey(({ tally }) => tally.skipped, 'reason'),
    ),
    ...gauge('dearly_campaign_ended', 'Rows of it that have ended (ended).', of('ended')),
    ...gauge(
      'dearly_campaign_open',
      'Rows of it that have not (open).',
      looks.map((look) => ({ labels: labelsOf(look), value: look.tally.open })),
    ),
    ...gauge('dearly_campaign_share', '0 to 1, of the rows that have ended (share).', of('share')),
    ...gauge('dearly_campaign_per_second', 'Rows that ended, lately (perSecond).', of('perSecond')),
    ...gauge(
      'dearly_campaign_seconds_left',
      'At this pace; absent while nobody can tell (secondsLeft).',
      of('secondsLeft'),
    ),
  ];
}

function labelsOf({ run }: RunLook): Record<string, string> {
  return { campaign: run.name, occurrence: run.occurrence };
}
