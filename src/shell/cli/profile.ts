import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { eraseProfile } from '../../adapters/postgres/erase-profile.ts';
import { exportProfile } from '../../adapters/postgres/export-profile.ts';
import { findProfileByEither } from '../../adapters/postgres/find-profile.ts';
import { DearlyError } from '../../errors.ts';
import type { Profile } from '../../profile/profile.ts';
import { removeArtefacts } from '../../run/remove-artefacts.ts';
import type { Wire } from '../wire.ts';
import { type Exit, exits, perform } from './perform.ts';

export function profileCommand(): Command {
  const command = new Command('profile')
    .description('show, export or erase what is known of one person')
    .addHelpText(
      'afterAll',
      `
ID is the customer's number (external_id) or the profile's own UUID.

Examples:
  $ npm run dearly -- profile show NL-100001
  $ npm run dearly -- profile export NL-100001 > ada.json
  $ npm run dearly -- profile erase NL-100001 --yes`,
    );
  command
    .command('show')
    .argument('<id>')
    .description('the profile as JSON')
    .action((id: string) => perform(async ({ openWire }) => showProfile(await openWire(), id)));
  command
    .command('export')
    .argument('<id>')
    .description(
      'everything kept about the person as JSON: profile, messages, events, answers, chats, suppressions',
    )
    .action((id: string) => perform(async ({ openWire }) => exportOne(await openWire(), id)));
  command
    .command('erase')
    .argument('<id>')
    .option('--yes', 'do not ask')
    .description('forget the person; pages and videos behind their links go, too')
    .action((id: string, options: { yes?: boolean }) =>
      perform(async ({ openWire }) =>
        eraseOne(await openWire(), id, options.yes ? async () => true : askForYes),
      ),
    );
  return command;
}

async function showProfile({ db }: Pick<Wire, 'db'>, id: string): Promise<Exit> {
  print(await find(db, id));
  return exits.done;
}

async function exportOne({ db, addressKey }: Pick<Wire, 'db' | 'addressKey'>, id: string): Promise<Exit> {
  const { id: own } = await find(db, id);
  print(await exportProfile(db, own, { secret: addressKey }));
  return exits.done;
}

/** Asks first. What was drawn for the person leaves storage after the database has forgotten them. */
async function eraseOne(
  { db, addressKey, store }: Pick<Wire, 'db' | 'addressKey' | 'store'>,
  id: string,
  confirm: (question: string) => Promise<boolean>,
): Promise<Exit> {
  const profile = await find(db, id);
  if (!(await confirm(`Erase ${profile.externalId} for good? [y/N] `))) {
    process.stderr.write('Nothing was erased.\n');
    return exits.failed;
  }
  const erased = await eraseProfile(db, profile.id, { secret: addressKey });
  await removeArtefacts(store, erased.artefactKeys);
  const { snapshots, ledgerRows, events, suppressed } = erased;
  print({ erased: profile.externalId, snapshots, ledgerRows, events, suppressed });
  return exits.done;
}

async function find(db: Wire['db'], id: string): Promise<Profile> {
  const profile = await findProfileByEither(db, id);
  if (!profile) throw new DearlyError('profile-missing', `There is no profile ${JSON.stringify(id)}.`);
  return profile;
}

/** @throws DearlyError `request-invalid` where nobody sits that could be asked */
async function askForYes(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new DearlyError(
      'request-invalid',
      'Erasing asks first, and there is no terminal to ask at: add --yes.',
    );
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^(y|yes|j|ja)$/i.test((await prompt.question(question)).trim());
  } finally {
    prompt.close();
  }
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
