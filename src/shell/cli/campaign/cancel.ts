import { Command } from 'commander';
import { agrees, canAsk } from '../ask.ts';
import { bold, many } from '../paint.ts';
import { exits, perform } from '../perform.ts';
import { findRunOf, occurrenceOption, runArgument } from './find-run-of.ts';

interface Options {
  occurrence?: string;
  schedule?: boolean;
  yes?: boolean;
  json?: boolean;
}

export function cancelCommand(): Command {
  return new Command('cancel')
    .argument(...runArgument)
    .option(...occurrenceOption)
    .option('--schedule', 'and take the schedule off: no occurrence comes any more')
    .option('--yes', 'do not ask')
    .option('--json', 'one JSON line on stdout')
    .description('end a run for good: whoever has not got the message does not get it')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run dearly -- campaign cancel yearly-statement
  $ npm run dearly -- campaign cancel yearly-statement --schedule --yes

What is on its way already arrives. Where no run is open, the schedule is what is taken off.`,
    )
    .action((key: string, options: Options) =>
      perform(async ({ openWire, signal }) => {
        const wire = await openWire();
        const scheduled = await wire.campaigns.find(key);
        const comes = scheduled !== null && scheduled.nextAt !== null;
        const [open, ...older] = options.occurrence === undefined ? await wire.campaigns.openRuns(key) : [];
        const run = open ?? (comes ? null : await findRunOf(key, options.occurrence, wire));
        if (run && (run.state === 'completed' || run.state === 'cancelled')) {
          process.stdout.write(
            options.json
              ? `${JSON.stringify({ run: run.id, changed: 0, schedule: false })}\n`
              : `${bold(`${run.name} ${run.occurrence}`)} is ${run.state} already.\n`,
          );
          return exits.done;
        }
        const endsSchedule = comes && (options.schedule === true || run === null);
        const what = [
          ...(run ? [`end ${run.name} ${run.occurrence} for good`] : []),
          ...(endsSchedule ? [`take the schedule of ${key} off`] : []),
        ].join(' and ');
        if (!options.yes && !(canAsk() && (await agrees(`  Really ${what}?`, signal)))) {
          process.stderr.write(`  Nothing was cancelled.${canAsk() ? '' : ' Add --yes to do it.'}\n`);
          return exits.usage;
        }
        const changed = run ? await wire.ledger.cancel(run.id) : 0;
        if (run) await wire.queue.wakeRun(run.id);
        const ended = endsSchedule && (await wire.campaigns.end(key));
        if (options.json) {
          process.stdout.write(`${JSON.stringify({ run: run?.id ?? null, changed, schedule: ended })}\n`);
          return exits.done;
        }
        if (run) {
          const { open } = await wire.ledger.tally(run.id);
          // Their workers give back what is not on its way.
          const rest =
            open === 0
              ? ''
              : ` ${many(open)} are in workers’ hands: what is on its way arrives, the rest ends.`;
          process.stdout.write(
            `${bold(`${run.name} ${run.occurrence}`)} is cancelled: ${many(changed)} do not get it.${rest}\n`,
          );
        }
        for (const { occurrence } of older) {
          process.stdout.write(`${occurrence} is open, too; --occurrence ${occurrence} cancels it.\n`);
        }
        if (ended) process.stdout.write(`${bold(key)} does not come by itself any more.\n`);
        else if (comes) process.stdout.write(`Its schedule stays; --schedule takes it off.\n`);
        return exits.done;
      }),
    );
}
