import { Command } from 'commander';
import type { RowHistory } from '../../../run/ledger.ts';
import { bold, dim, printable } from '../paint.ts';
import { exits, perform } from '../perform.ts';
import { findRunOf, occurrenceOption, runArgument } from './find-run-of.ts';

interface Options {
  occurrence?: string;
  profile?: string;
  json?: boolean;
}

export function historyCommand(): Command {
  return new Command('history')
    .argument(...runArgument)
    .option(...occurrenceOption)
    .option('--profile <id>', "one person alone: the customer's number, or a profile's id")
    .option('--json', 'NDJSON, a line per person')
    .description('who got what and when: each step, variant, versions of pack and data, snapshot')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run dearly -- campaign history yearly-statement --profile NL-100001
  $ npm run dearly -- campaign history yearly-statement --json > who-got-what.ndjson`,
    )
    .action((key: string, options: Options) =>
      perform(async ({ openWire, signal }) => {
        const wire = await openWire();
        const run = await findRunOf(key, options.occurrence, wire);
        let people = 0;
        for await (const row of wire.ledger.history(run.id, options.profile)) {
          people++;
          signal.throwIfAborted();
          const text = options.json ? JSON.stringify(row) : describeRow(row);
          // A million lines go no faster than they are read.
          if (!process.stdout.write(`${text}\n`)) {
            await new Promise<void>((done) => process.stdout.once('drain', done));
          }
        }
        if (people > 0) return exits.done;
        const { name, occurrence } = run;
        const whom = options.profile === undefined ? 'nobody' : `no ${printable(options.profile)}`;
        process.stderr.write(`  ${name} ${occurrence} has ${whom} in its audience.\n`);
        return options.profile === undefined ? exits.done : exits.invalidInput;
      }),
    );
}

function describeRow(row: RowHistory): string {
  const made = [
    row.variant && `variant ${row.variant}`,
    row.pack && `pack ${row.pack.name}@${row.pack.version}`,
    row.composition && `film ${row.composition.name}@${row.composition.version}`,
    row.dataVersion && `data ${row.dataVersion}`,
    row.snapshotId && `snapshot ${row.snapshotId}`,
    row.messageId && `message ${row.messageId}`,
  ].filter((it): it is string => Boolean(it));
  const steps = row.steps.map(({ at, attempt, state, detail }) => {
    const tried = attempt > 0 ? dim(`  attempt ${attempt}`) : '';
    return `  ${dim(at)}  ${state.padEnd(9)}${tried}${detail ? `  ${printable(detail)}` : ''}`.trimEnd();
  });
  const who = row.externalId ?? row.profileId ?? 'erased';
  return [
    `${bold(printable(who))}  ${row.state}${row.reason ? `  ${printable(row.reason)}` : ''}`,
    ...made.map((it) => `  ${dim(printable(it))}`),
    ...steps,
  ].join('\n');
}
