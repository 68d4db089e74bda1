import process from 'node:process';
import { Command } from 'commander';
import { listCompositions, loadComposition } from '../../adapters/packs/load-composition.ts';
import { listPacks } from '../../adapters/packs/load-pack.ts';
import { listSenders, readSender } from '../../adapters/packs/read-sender.ts';
import { DearlyError } from '../../errors.ts';
import type { LoadedComposition } from '../../merge/make-storyboard.ts';
import { findingOf } from '../../template/pack-fault.ts';
import { workingFolders } from '../working-folders.ts';
import { type Checked, countOf, describeChecked, describeCount } from './check-report.ts';
import { type Exit, exits, perform } from './perform.ts';

interface Options {
  json?: boolean;
  strict?: boolean;
}

type Check = readonly [what: string, find: () => Promise<Omit<Checked, 'what'>>];

export function checkCommand(): Command {
  return new Command('check')
    .argument('[pack...]', 'packs to check; all packs, compositions and senders when left out')
    .option('--json', 'one JSON line on stdout')
    .option('--strict', 'warnings count as faults')
    .description('say what is wrong, with file, line and the way out; needs no database')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run dearly -- check
  $ npm run dearly -- check statement --strict
  $ npm run dearly -- check --json

Ends with 3 where there is a fault, or a warning with --strict. docs/lints.md says what is looked for.`,
    )
    .action((names: string[], options: Options) =>
      perform(async () => {
        // Loaded here: it brings half the house.
        const { checkPack } = await import('../check-pack.ts');
        const { packs, compositions, senders } = workingFolders;
        const isAll = names.length === 0;
        const checks: Check[] = [
          ...(isAll ? await listPacks(packs) : names).map(
            (name): Check => [`templates/${name}`, () => checkPack(workingFolders, name)],
          ),
          ...(isAll ? await listCompositions(compositions) : []).map(
            (name): Check => [`compositions/${name}`, () => loadsFilm(loadComposition(compositions, name))],
          ),
          ...(isAll ? await listSenders(senders) : []).map(
            (name): Check => [`senders/${name}.yaml`, () => loads(readSender(senders, name))],
          ),
        ];
        return await report(checks, options);
      }),
    );
}

async function report(checks: readonly Check[], { json, strict }: Options): Promise<Exit> {
  const all: Checked[] = [];
  for (const [what, find] of checks) {
    const checked = await look(what, find);
    all.push(checked);
    if (!json) process.stdout.write(describeChecked(checked));
  }
  const count = countOf(all);
  process.stdout.write(json ? `${JSON.stringify({ ...count, checked: all })}\n` : describeCount(count));
  return count.faults > 0 || (strict && count.warnings > 0) ? exits.invalidInput : exits.done;
}

/** What cannot be loaded at all is one finding more. */
async function look(what: string, find: Check[1]): Promise<Checked> {
  try {
    return { what, ...(await find()) };
  } catch (error) {
    if (!(error instanceof DearlyError)) throw error;
    const { message, details } = error;
    return { what, findings: (details.length === 0 ? [message] : details).map(findingOf) };
  }
}

async function loads(loading: Promise<unknown>): Promise<Omit<Checked, 'what'>> {
  await loading;
  return { findings: [] };
}

async function loadsFilm(loading: Promise<LoadedComposition>): Promise<Omit<Checked, 'what'>> {
  const { definition } = await loading;
  return { findings: [], choices: { scenes: definition.scenes.map(({ id }) => id) } };
}
