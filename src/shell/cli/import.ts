// Enters: paths of customer files. Leaves: the people in the database, a summary on stdout, the refused rows on stderr.
// Never: a row written before every file was opened and its header understood.
import { createWriteStream, type WriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Command } from 'commander';
import { openRows } from '../../adapters/files/open-rows.ts';
import { upsertProfiles } from '../../adapters/postgres/upsert-profiles.ts';
import { DearlyError } from '../../errors.ts';
import { type FactContract, factShape } from '../../profile/fact-shape.ts';
import type { RowError, RowSource } from '../../profile/row-source.ts';
import { type ImportPorts, type ImportReport, importFiles } from '../../run/import-files.ts';
import type { Wire } from '../wire.ts';
import { type Exit, exits, perform } from './perform.ts';
import { startProgress } from './progress.ts';

interface Options {
  pack?: string[];
  json?: boolean;
  dryRun?: boolean;
  errors?: string;
}

const shownErrors = 20;

export function importCommand(): Command {
  return new Command('import')
    .argument('<file...>', 'CSV (comma, semicolon or tab) or NDJSON, UTF-8')
    .option('--pack <name...>', 'check facts against these packs; all packs when left out')
    .option('--dry-run', 'check every row, write nothing')
    .option('--errors <file>', 'write every refused value as NDJSON')
    .option('--json', 'one JSON line on stdout')
    .description('read customers from files; rows about the same external_id make one profile')
    .addHelpText(
      'after',
      `
Columns: external_id (required), email, first_name, last_name, locale, time_zone,
consent_service, consent_marketing, consent_tracking (true/false, yes/no, ja/nein, 1/0);
every other column is a fact that a pack asks for. Empty cells say nothing.

Examples:
  $ npm run dearly -- import examples/customers.csv examples/readings.ndjson
  $ npm run dearly -- import new.csv --dry-run --errors refused.ndjson

Exit codes: 0 all rows kept, 4 some refused, 3 all refused or a file cannot be read.`,
    )
    .action((files: string[], options: Options) =>
      perform(async ({ openWire, signal }) => {
        const sources = await openAll(files);
        try {
          const wire = await openWire();
          const contracts = await contractsOf(wire, options.pack);
          const keep: ImportPorts['keep'] = async (patches) => {
            signal.throwIfAborted();
            return options.dryRun ? { added: 0, changed: 0, unchanged: 0 } : upsertProfiles(wire.db, patches);
          };
          return await runImport(sources, options, { contracts, keep, now: wire.now });
        } finally {
          for (const source of sources) await source.close();
        }
      }),
    );
}

/** All of them or none. @throws DearlyError `file-unreadable` */
export async function openAll(files: readonly string[]): Promise<RowSource[]> {
  const sources: RowSource[] = [];
  try {
    for (const file of files) sources.push(await openRows(file));
    return sources;
  } catch (fault) {
    for (const source of sources) await source.close();
    throw fault;
  }
}

/** What packs ask of profiles. @throws DearlyError `pack-missing` */
export async function contractsOf(
  { shelf }: Pick<Wire, 'shelf'>,
  names?: readonly string[],
): Promise<FactContract[]> {
  const wanted = names ?? (await shelf.names('packs'));
  const packs = await Promise.all(wanted.map((name) => shelf.pack(name)));
  return packs.flatMap(({ name, contract }) => (contract ? [{ name, data: contract.data }] : []));
}

export interface ImportTools {
  readonly contracts: readonly FactContract[];
  readonly keep: ImportPorts['keep'];
  readonly now: () => Date;
}

export async function runImport(
  sources: readonly RowSource[],
  options: Options,
  tools: ImportTools,
): Promise<Exit> {
  const shown: (RowError & { readonly file: string })[] = [];
  const list = options.errors === undefined ? null : await openList(options.errors);
  const progress = startProgress(options.dryRun ? 'Checking customers' : 'Importing customers');
  let report: ImportReport;
  let keptRows = 0;
  try {
    report = await importFiles(
      sources,
      { shape: factShape(tools.contracts), at: tools.now().toISOString() },
      {
        async keep(patches) {
          const kept = await tools.keep(patches);
          keptRows += patches.length;
          return kept;
        },
        onError: async (file, error) => {
          if (shown.length < shownErrors) shown.push({ file, ...error });
          if (list && !list.write(`${JSON.stringify({ file, ...error })}\n`)) await drained(list);
        },
        onProgress: (read, all) => progress.update(kilobytes(read), kilobytes(all)),
      },
    );
  } catch (fault) {
    progress.fail();
    if (!options.dryRun) process.stderr.write(`  ${unfinished(keptRows)}\n`);
    throw fault;
  } finally {
    if (list) await new Promise<void>((done) => list.end(done));
  }
  progress.end(`${report.goodRows} of ${report.rows} rows`);
  if (shown.length > 0) process.stderr.write(`\n${errorTable(shown)}`);
  if (report.badRows > 0 && shown.length === shownErrors) {
    process.stderr.write(
      `  … ${options.errors ? `all of them in ${options.errors}` : '--errors FILE writes all of them'}\n`,
    );
  }
  for (const note of report.notes) process.stderr.write(`  note: ${printable(note)}\n`);
  process.stdout.write(
    options.json ? `${JSON.stringify(report)}\n` : summary(report, options.dryRun === true),
  );
  if (report.badRows === 0) return exits.done;
  return report.goodRows === 0 ? exits.invalidInput : exits.partlyDone;
}

/** Ctrl-C, or a database that went away: whoever comes back wants to know what is there. */
function unfinished(keptRows: number): string {
  return keptRows === 0
    ? 'Nothing was written.'
    : `The first ${keptRows} good rows are kept, each whole. Import the same files again to go on: what is there already stays as it is.`;
}

function summary(report: ImportReport, isDryRun: boolean): string {
  const rows = `${report.goodRows} rows good, ${report.badRows} refused`;
  if (isDryRun) return `${rows}; nothing written (dry run)\n`;
  return `${rows}; profiles: ${report.added} new, ${report.changed} changed, ${report.unchanged} as they were\n`;
}

function errorTable(errors: readonly (RowError & { readonly file: string })[]): string {
  const rows = errors.map((it) => [
    it.file,
    String(it.line),
    it.column ?? '(row)',
    `${it.reason}${it.value ? `, found ${it.value}` : ''}`,
  ]);
  const table = [['file', 'line', 'column', 'reason'], ...rows].map((row) => row.map(printable));
  const widths = table[0]?.map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0))) ?? [];
  return table
    .map(
      (row) =>
        `  ${row
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** Names of columns come from outside: the terminal must not obey them. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 200);
}

async function openList(path: string): Promise<WriteStream> {
  try {
    const file = await open(path, 'w');
    return createWriteStream(path, { fd: file });
  } catch (cause) {
    throw new DearlyError('file-unwritable', `${path} cannot be written.`, { cause });
  }
}

function drained(list: WriteStream): Promise<void> {
  return new Promise((done) => list.once('drain', done));
}

function kilobytes(bytes: number): number {
  return Math.ceil(bytes / 1024);
}
