import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { DearlyError } from '../../../errors.ts';
import { type Report, reportOf } from '../../../run/campaign/report.ts';
import { reportCsv } from '../../report/report-csv.ts';
import { reportPictures } from '../../report/report-pictures.ts';
import { exits, perform } from '../perform.ts';
import { describeReport } from '../report-text.ts';
import { writeOut } from '../write-out.ts';
import { findRunOf, occurrenceOption, runArgument } from './find-run-of.ts';

interface Options {
  readonly occurrence?: string;
  readonly json?: boolean;
  readonly csv?: string;
  readonly svg?: string;
}

export function reportCommand(): Command {
  return new Command('report')
    .argument(...runArgument)
    .option(...occurrenceOption)
    .option('--json', 'one JSON line on stdout')
    .option(
      '--csv <file>',
      'the funnels as CSV, a row per variant, phase and step; - for stdout instead of the text',
    )
    .option('--svg <folder>', 'pictures: funnel.svg, and variants.svg where there are several')
    .description('what came of a run: how far people came, which variant is best, what it cost and changed')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run dearly -- campaign report yearly-statement
  $ npm run dearly -- campaign report yearly-statement --occurrence 2026 --json
  $ npm run dearly -- campaign report monthly-offer --csv funnel.csv --svg pictures

Hits by machines (scanners, prefetchers) are counted apart. Who did not agree to be counted is never seen opening, clicking
or playing, so such steps are shares of those who did. Variants are compared by clicks and conversions, never by opens:
mail programs fetch pictures that nobody looks at. How to read it all: docs/reports.md.`,
    )
    .action((key: string, options: Options) =>
      perform(async ({ openWire }) => {
        if (options.json && options.csv === '-') {
          throw new DearlyError(
            'request-invalid',
            'JSON and CSV cannot both go to stdout: name a file for one of them.',
          );
        }
        const wire = await openWire();
        const { id } = await findRunOf(key, options.occurrence, wire);
        const report = await reportOf(id, wire);
        await write(report, options);
        if (options.csv !== '-') {
          process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : describeReport(report));
        }
        return exits.done;
      }),
    );
}

async function write(report: Report, { csv, svg }: Options): Promise<void> {
  if (csv === '-') process.stdout.write(reportCsv(report));
  else if (csv !== undefined) await keep(csv, reportCsv(report));
  if (svg === undefined) return;
  await mkdir(svg, { recursive: true }).catch((cause: unknown) => {
    throw new DearlyError('file-unwritable', `The folder ${svg} cannot be made.`, { cause });
  });
  for (const [name, picture] of reportPictures(report)) await keep(join(svg, name), picture);
}

async function keep(path: string, content: string): Promise<void> {
  await writeOut(path, content);
  process.stderr.write(`  Written: ${path}\n`);
}
