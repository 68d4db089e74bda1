import { Command } from 'commander';
import { reportOf } from '../../../run/campaign/report.ts';
import { exits, perform } from '../perform.ts';
import { describeReport } from '../report-text.ts';
import { findRunOf, occurrenceOption, runArgument } from './find-run-of.ts';

export function reportCommand(): Command {
  return new Command('report')
    .argument(...runArgument)
    .option(...occurrenceOption)
    .option('--json', 'one JSON line on stdout')
    .description('what came of a run: how far people came, which variant is best, what it changed')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run dearly -- campaign report yearly-statement
  $ npm run dearly -- campaign report yearly-statement --occurrence 2026 --json

Hits by machines (scanners, prefetchers) are counted apart. Variants are compared by clicks and conversions, never by
opens: mail programs fetch pictures that nobody looks at.`,
    )
    .action((key: string, options: { occurrence?: string; json?: boolean }) =>
      perform(async ({ openWire }) => {
        const wire = await openWire();
        const { id } = await findRunOf(key, options.occurrence, wire);
        const report = await reportOf(id, wire);
        process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : describeReport(report));
        return exits.done;
      }),
    );
}
