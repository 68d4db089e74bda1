import { Command } from 'commander';
import { countEvents } from '../../../adapters/postgres/count-events.ts';
import { type Funnel, funnel } from '../../../measure/funnel.ts';
import { bar, bold, dim, many, percent, table } from '../paint.ts';
import { exits, perform } from '../perform.ts';
import { findRunOf, occurrenceOption, runArgument } from './find-run-of.ts';

export function reportCommand(): Command {
  return new Command('report')
    .argument(...runArgument)
    .option(...occurrenceOption)
    .option('--json', 'one JSON line on stdout')
    .description('what came of a run: how far people came, machines counted apart')
    .addHelpText('after', '\nExample:\n  $ npm run dearly -- campaign report yearly-statement')
    .action((key: string, options: { occurrence?: string; json?: boolean }) =>
      perform(async ({ openWire }) => {
        const wire = await openWire();
        const { id, name, occurrence, state } = await findRunOf(key, options.occurrence, wire);
        const report = funnel(await wire.ledger.tally(id), await countEvents(wire.db, id));
        process.stdout.write(
          options.json
            ? `${JSON.stringify({ run: id, name, occurrence, state, ...report })}\n`
            : `${[`${bold(`${name} ${occurrence}`)}: ${state}`, '', ...describeFunnel(report)].join('\n')}\n`,
        );
        return exits.done;
      }),
    );
}

function describeFunnel({ steps, unsubscribed, machines }: Funnel): string[] {
  const most = Math.max(1, ...steps.map((it) => it.people));
  const rows = table(
    steps.map((it) => [it.step, many(it.people), it.share === null ? '' : percent(it.share)]),
  );
  const hits = Object.entries(machines).map(([kind, count]) => `${many(count)} ${kind}`);
  return [
    ...rows.map((row, at) => `  ${row.padEnd(34)} ${bar((steps[at]?.people ?? 0) / most, 28, 'cyan')}`),
    '',
    `  ${many(unsubscribed)} unsubscribed`,
    ...(hits.length > 0 ? [dim(`  by machines, in none of these: ${hits.join(', ')}`)] : []),
  ];
}
