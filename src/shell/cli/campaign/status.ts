import { Command } from 'commander';
import { exits, perform } from '../perform.ts';
import { summarise } from '../send-run.ts';
import { findRunOf, occurrenceOption, runArgument } from './find-run-of.ts';
import { describeRun, type RunView } from './run-view.ts';
import { lookOnce, watchRun } from './watch-run.ts';

interface Options {
  occurrence?: string;
  watch?: boolean;
  json?: boolean;
}

export function statusCommand(): Command {
  return new Command('status')
    .argument(...runArgument)
    .option(...occurrenceOption)
    .option('--watch', 'look again each second, until it has ended or Ctrl-C')
    .option('--json', 'one JSON line on stdout')
    .description('how far a run is: by state, variant and domain, with pace and time left')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run dearly -- campaign status yearly-statement
  $ npm run dearly -- campaign status yearly-statement --watch
  $ npm run dearly -- campaign status yearly-statement --occurrence 2026 --json`,
    )
    .action((key: string, options: Options) =>
      perform(async ({ openWire, signal }) => {
        const wire = await openWire();
        const run = await findRunOf(key, options.occurrence, wire);
        const view = options.watch ? await watchRun(run.id, wire, { signal }) : await lookOnce(run, wire);
        process.stdout.write(
          options.json
            ? `${JSON.stringify(inJson(view))}\n`
            : `${describeRun(view, wire.now()).join('\n')}\n`,
        );
        // Ctrl-C is how one stops looking.
        return exits.done;
      }),
    );
}

function inJson({ run, tally, progress, breakdown }: RunView) {
  const { id, name, occurrence, state, pauseReason, winner, decideAt, createdAt, endedAt } = run;
  const { total, ended, share, perSecond, secondsLeft } = progress;
  return {
    run: id,
    name,
    occurrence,
    state,
    ...summarise(tally),
    byState: tally.byState,
    total,
    ended,
    share,
    perSecond,
    secondsLeft,
    pauseReason,
    winner,
    decideAt,
    createdAt,
    endedAt,
    ...breakdown,
  };
}
