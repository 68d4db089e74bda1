import { Command, InvalidArgumentError } from 'commander';
import { createKey, listKeys, revokeKey, type Scope, scopes } from '../../adapters/postgres/api-keys.ts';
import { exits, perform } from './perform.ts';

export function keyCommand(): Command {
  const command = new Command('key').description('make, list and revoke API keys').addHelpText(
    'afterAll',
    `
Examples:
  $ npm run dearly -- key create --name crm --scope profiles renders
  $ npm run dearly -- key list
  $ npm run dearly -- key revoke 3f9a0c1d2e4b5a67`,
  );
  command
    .command('create')
    .requiredOption('--name <name>', 'who will use it', readName)
    .option('--scope <scope...>', `${scopes.join(', ')}, or * for all`, collectScopes)
    .description('make a key; it is shown this once (on stdout)')
    .action((options: { name: string; scope?: (Scope | '*')[] }) =>
      perform(async ({ openWire }) => {
        const { db } = await openWire();
        const { id, key } = await createKey(db, { name: options.name, scopes: options.scope ?? ['*'] });
        process.stderr.write(`Key ${id} is made. Keep it safe: it cannot be shown again.\n`);
        process.stdout.write(`${key}\n`);
        return exits.done;
      }),
    );
  command
    .command('list')
    .option('--json', 'as JSON, one line')
    .description('all keys, newest first, without their secrets')
    .action((options: { json?: boolean }) =>
      perform(async ({ openWire }) => {
        const { db } = await openWire();
        const keys = await listKeys(db);
        if (options.json) process.stdout.write(`${JSON.stringify(keys)}\n`);
        else if (keys.length === 0) process.stderr.write('There are no keys yet.\n');
        else {
          for (const { id, name, scopes, lastUsedAt, revokedAt } of keys) {
            const state = revokedAt
              ? 'revoked'
              : lastUsedAt
                ? `used ${lastUsedAt.toISOString()}`
                : 'never used';
            process.stdout.write(`${id}  ${scopes.join(',').padEnd(20)}  ${state.padEnd(29)}  ${name}\n`);
          }
        }
        return exits.done;
      }),
    );
  command
    .command('revoke')
    .argument('<id>', 'as in `key list`')
    .description('end a key at once')
    .action((id: string) =>
      perform(async ({ openWire }) => {
        const { db } = await openWire();
        await revokeKey(db, id);
        process.stderr.write(`Key ${id} is revoked.\n`);
        return exits.done;
      }),
    );
  return command;
}

function readName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > 100 || /\p{Cc}/u.test(name)) {
    throw new InvalidArgumentError('expected 1 to 100 characters in one line');
  }
  return name;
}

/** Takes `--scope a b`, `--scope a --scope b` and `--scope a,b`. */
function collectScopes(text: string, before: (Scope | '*')[] = []): (Scope | '*')[] {
  const known: readonly string[] = [...scopes, '*'];
  const names = text.split(',').map((it) => it.trim());
  for (const name of names) {
    if (!known.includes(name)) throw new InvalidArgumentError(`expected ${known.join(', ')}, not ${name}`);
  }
  return [...before, ...(names as (Scope | '*')[])];
}
