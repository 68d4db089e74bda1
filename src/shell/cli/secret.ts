import { Command } from 'commander';
import { sealAnew, secretStanding } from '../../adapters/postgres/house-keys.ts';
import { DearlyError } from '../../errors.ts';
import { forgetPreviousSecret, readSecrets, replaceKeptSecret } from '../secret.ts';
import type { Wire } from '../wire.ts';
import { type Exit, exits, perform } from './perform.ts';

export function secretCommand(): Command {
  const command = new Command('secret')
    .description('replace the secret that signs links, without ending those already sent')
    .addHelpText(
      'afterAll',
      `
Examples:
  $ npm run dearly -- secret status
  $ npm run dearly -- secret rotate

Where DEARLY_SECRET is set: put the one of now into DEARLY_SECRET_PREVIOUS and a new one into DEARLY_SECRET, restart
every process, then say \`secret rotate\`. Without it \`rotate\` makes a new one in the data folder by itself.
docs/operations.md says when the one before may go. Addresses that are suppressed stay so in any case.`,
    );
  command
    .command('status')
    .option('--json', 'as JSON, one line')
    .description('whether the secret before is still needed, and what for')
    .action((options: { json?: boolean }) =>
      perform(async ({ openWire }) => await sayStatus(await openWire(), options.json ?? false)),
    );
  command
    .command('rotate')
    .description('seal what the database keeps with the new secret; the one before stays good for links')
    .action(() => perform(async ({ openWire }) => await rotate(await openWire())));
  command
    .command('forget')
    .description('end what the secret before has signed, where the data folder keeps it')
    .action(() => perform(async ({ openWire }) => await forget(await openWire())));
  return command;
}

async function sayStatus(wire: Wire, asJson: boolean): Promise<Exit> {
  const { db, secrets, now } = wire;
  const standing = await secretStanding(db, secrets, now());
  const { sealedAnew, olderLinks, olderLinksUntil } = standing;
  const hasPrevious = secrets.length > 1;
  if (asJson) {
    process.stdout.write(`${JSON.stringify({ hasPrevious, ...standing })}\n`);
    return exits.done;
  }
  const lines = [
    hasPrevious ? 'The secret before is still accepted.' : 'One secret; there is none before it.',
    sealedAnew
      ? 'All that is sealed opens with the secret of now.'
      : 'Something is sealed with the secret before: say `secret rotate`.',
    ...(hasPrevious && olderLinks > 0
      ? [
          `${olderLinks} messages carry links of the secret before, the last until ${olderLinksUntil?.toISOString()}.`,
        ]
      : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return exits.done;
}

async function rotate({ config, db, secrets }: Wire): Promise<Exit> {
  if (config.secret !== undefined && secrets.length === 1) {
    throw new DearlyError('request-invalid', 'There is no new secret yet.', {
      details: [
        'Put the DEARLY_SECRET of now into DEARLY_SECRET_PREVIOUS, a new one into DEARLY_SECRET, and say it again.',
      ],
    });
  }
  // First, so that nothing is left that only the one before the one of now opens.
  let count = await sealAnew(db, secrets);
  if (config.secret === undefined) {
    await replaceKeptSecret(config.dataDir);
    count = await sealAnew(db, await readSecrets(config));
    process.stderr.write(
      'A new secret is in the data folder. Running processes understand it at once; restart them before `secret forget`.\n',
    );
  }
  process.stderr.write(`${count} kept secrets are sealed anew. Links already sent stay good.\n`);
  return exits.done;
}

async function forget({ config, db, secrets, now }: Wire): Promise<Exit> {
  const { sealedAnew } = await secretStanding(db, secrets, now());
  if (!sealedAnew) {
    throw new DearlyError('request-invalid', 'The secret before still seals something.', {
      details: ['Say `dearly secret rotate` first.'],
    });
  }
  await forgetPreviousSecret(config.dataDir);
  process.stderr.write(
    config.previousSecret === undefined
      ? 'What the secret before has signed is over once every process is restarted.\n'
      : 'Take DEARLY_SECRET_PREVIOUS out of the environment, too, and restart every process.\n',
  );
  return exits.done;
}
