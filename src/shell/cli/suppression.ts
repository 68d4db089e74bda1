import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import {
  addSuppressions,
  listSuppressions,
  removeSuppressions,
  type Suppression,
} from '../../adapters/postgres/suppressions.ts';
import { DearlyError } from '../../errors.ts';
import { hashAddress } from '../../profile/address-hash.ts';
import { emailAddress } from '../../profile/email-address.ts';
import { whoseHashes } from '../whose-hashes.ts';
import type { Wire } from '../wire.ts';
import { type Exit, exits, perform } from './perform.ts';

type Purpose = Suppression['purpose'];
/** Nothing is ever sent for `tracking`; its consent may have been taken back all the same. */
const sent: readonly Purpose[] = ['service', 'marketing'];
interface Adding {
  readonly purpose?: Purpose;
  readonly file?: string;
}

export function suppressionCommand(): Command {
  const command = new Command('suppression')
    .description('see, add to and take off the list of addresses that get no more messages')
    .addHelpText(
      'afterAll',
      `
WHO is an address, or a customer's number. The list keeps keyed hashes, no addresses: to see whether somebody is on
it, name them. Who took a consent back stays without messages of that purpose, on the list or not.

Examples:
  $ npm run dearly -- suppression list
  $ npm run dearly -- suppression list NL-100001
  $ npm run dearly -- suppression add ada@example.org --purpose marketing
  $ npm run dearly -- suppression add --file from-the-old-system.txt
  $ npm run dearly -- suppression remove NL-100001`,
    );
  command
    .command('list')
    .argument('[who...]')
    .option('--limit <count>', 'at most so many, newest first', readLimit, 100)
    .option('--json', 'as JSON, one line')
    .description('who is on it, or whether somebody is; ends in 1 where nobody is')
    .action((who: string[], options: { limit: number; json?: boolean }) =>
      perform(async ({ openWire }) => await list(await openWire(), who, options)),
    );
  command
    .command('add')
    .argument('[who...]')
    .option('--file <file>', 'addresses, one a line')
    .addOption(new Option('--purpose <purpose>', 'without it, nothing at all is sent').choices(sent))
    .description('send no more; open campaigns heed it at once')
    .action((who: string[], options: Adding) =>
      perform(async ({ openWire }) => await add(await openWire(), who, options)),
    );
  command
    .command('remove')
    .argument('<who...>')
    .addOption(
      new Option('--purpose <purpose>', 'what stands there for it; without it, all').choices([
        ...sent,
        'tracking',
        '*',
      ]),
    )
    .description('take off the list; what it was there for is said')
    .action((who: string[], options: { purpose?: Purpose }) =>
      perform(async ({ openWire }) => {
        const wire = await openWire();
        const gone = await removeSuppressions(wire.db, await whoseHashes(who, wire), options.purpose);
        for (const it of gone) process.stdout.write(lineOf(it));
        process.stderr.write(`${count(gone.length)} taken off the list.\n`);
        return gone.length > 0 ? exits.done : exits.failed;
      }),
    );
  return command;
}

async function list(
  wire: Wire,
  who: readonly string[],
  { limit, json }: { limit: number; json?: boolean },
): Promise<Exit> {
  const hashes = who.length === 0 ? undefined : await whoseHashes(who, wire);
  const found = await listSuppressions(wire.db, { hashes, limit });
  if (json) process.stdout.write(`${JSON.stringify(found)}\n`);
  else {
    for (const it of found.suppressions) process.stdout.write(lineOf(it));
    const { length } = found.suppressions;
    if (found.total === 0) process.stderr.write('Nobody is on the list.\n');
    else if (length < found.total) process.stderr.write(`The newest ${length} of ${found.total}.\n`);
  }
  return found.total > 0 ? exits.done : exits.failed;
}

async function add(wire: Wire, who: readonly string[], { file, purpose }: Adding): Promise<Exit> {
  const lines = file === undefined ? [] : await readLines(file);
  if (who.length + lines.length === 0) {
    throw new DearlyError('request-invalid', 'Nobody is named.', {
      details: ['name an address or a customer, or a file of addresses: --file'],
    });
  }
  const { good = [], bad = [] } = Object.groupBy(lines, ({ text }) =>
    emailAddress.safeParse(text).success ? 'good' : 'bad',
  );
  const named = [
    ...(await whoseHashes(who, wire)),
    ...good.map(({ text }) => hashAddress(wire.addressKey, text)),
  ];
  const hashes = [...new Map(named.map((it) => [it.toString('hex'), it])).values()];
  const changed = await addSuppressions(wire.db, hashes, purpose ?? '*');
  const known = hashes.length - changed;
  process.stderr.write(`${count(changed)} put on the list${known > 0 ? `; ${known} stood there` : ''}.\n`);
  if (bad.length === 0) return exits.done;
  const first = bad.slice(0, 10).map(({ number }) => number);
  const more = bad.length > 10 ? ` and ${bad.length - 10} more` : '';
  process.stderr.write(`No address in line ${first.join(', ')}${more} of ${file}.\n`);
  return exits.partlyDone;
}

async function readLines(file: string): Promise<{ readonly number: number; readonly text: string }[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new DearlyError('file-unreadable', `${file} cannot be read.`, { cause });
  });
  return text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ number: index + 1, text: line.trim() }))
    .filter((line) => line.text !== '');
}

function lineOf({ at, purpose, reason, addressHash }: Suppression): string {
  const what = purpose === '*' ? 'everything' : purpose;
  return `${at}  ${what.padEnd(10)}  ${reason.padEnd(17)}  ${addressHash.slice(0, 16)}\n`;
}

function count(entries: number): string {
  return entries === 1 ? '1 entry was' : `${entries} entries were`;
}

function readLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0 && limit <= 100_000) return limit;
  throw new InvalidArgumentError('expected a number, 1 to 100000');
}
