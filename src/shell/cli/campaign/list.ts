import { Command, InvalidArgumentError } from 'commander';
import { listRuns } from '../../../adapters/postgres/list-runs.ts';
import type { ScheduledCampaign } from '../../../run/campaign/campaign-book.ts';
import { bold, dim, many, moment, printable, table } from '../paint.ts';
import { exits, perform } from '../perform.ts';

export function listCommand(): Command {
  return new Command('list')
    .option('--limit <n>', 'so many runs, the newest first', readCount, 20)
    .option('--json', 'one JSON line on stdout')
    .description('campaigns that come by themselves, and the newest runs')
    .addHelpText(
      'after',
      '\nExamples:\n  $ npm run dearly -- campaign list\n  $ npm run dearly -- campaign list --limit 100 --json',
    )
    .action((options: { limit: number; json?: boolean }) =>
      perform(async ({ openWire }) => {
        const wire = await openWire();
        const scheduled = await wire.campaigns.list();
        const runs = await listRuns(wire.db, options.limit);
        if (options.json) {
          const plain = scheduled.map(({ campaign, ...rest }) => ({ name: campaign.name, ...rest }));
          process.stdout.write(`${JSON.stringify({ scheduled: plain, runs })}\n`);
          return exits.done;
        }
        const lines = [
          ...scheduled.flatMap(describeScheduled),
          ...(scheduled.length > 0 ? [''] : []),
          ...(runs.length === 0
            ? [dim('No campaign has run yet.')]
            : table(
                [
                  ['campaign', 'occurrence', 'state', 'people', 'accepted', 'open'],
                  ...runs.map((it) => [
                    it.name,
                    printable(it.occurrence),
                    it.state,
                    many(it.total),
                    many(it.accepted),
                    many(it.open),
                  ]),
                ],
                [0, 1, 2],
              )),
        ];
        process.stdout.write(`${lines.join('\n')}\n`);
        return exits.done;
      }),
    );
}

function describeScheduled({ campaign, nextAt, missed, missedAt, trouble }: ScheduledCampaign): string[] {
  const zone = campaign.schedule?.time_zone ?? 'UTC';
  const when = nextAt === null ? 'none comes any more' : `next ${moment(nextAt, zone)}`;
  const lines = [`${bold(campaign.name)}  ${when}`];
  if (missed > 0 && missedAt !== null) {
    lines.push(`  ${many(missed)} missed while nobody was there to start them (${moment(missedAt, zone)})`);
  }
  if (trouble !== null) lines.push(`  cannot be started: ${printable(trouble)}`);
  return lines;
}

function readCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0 && count <= 1000) return count;
  throw new InvalidArgumentError('expected a number from 1 to 1000');
}
