import { Command, InvalidArgumentError } from 'commander';
import {
  addTestDelivery,
  type LoggedDelivery,
  listDeliveries,
  redeliver,
  redeliverFailed,
} from '../../adapters/postgres/webhooks/delivery-log.ts';
import {
  addEndpoint,
  type Endpoint,
  enableEndpoint,
  endpointSecret,
  findEndpoint,
  listEndpoints,
  removeEndpoint,
  rotateEndpoint,
} from '../../adapters/postgres/webhooks/endpoints.ts';
import { deliverDueWebhooks } from '../../run/webhooks/deliver-due-webhooks.ts';
import { type WebhookType, webhookTypes } from '../../run/webhooks/webhook-types.ts';
import type { Wire } from '../wire.ts';
import { type Exit, exits, perform } from './perform.ts';

type Types = (WebhookType | '*')[];

export function webhookCommand(): Command {
  const command = new Command('webhook')
    .description('tell a CRM what happens: messages accepted, clicked, bounced, campaigns completed')
    .addHelpText(
      'afterAll',
      `
Examples:
  $ npm run dearly -- webhook add https://crm.example/dearly --type message.accepted message.clicked
  $ npm run dearly -- webhook log 0b5e…              what it was told, newest first
  $ npm run dearly -- webhook redeliver 0b5e… --failed

Types: ${webhookTypes.join(', ')}; * for all.
Messages are sent by \`dearly serve\` and \`dearly worker\`. docs/webhooks.md says what comes and how to check it.`,
    );
  const verb = (name: string, argument: string, about: string, description: string) =>
    command.command(name).argument(argument, about).description(description);
  const id = ['<id>', 'as in `webhook list`'] as const;

  verb(
    'add',
    '<url>',
    'https; for this machine see DEARLY_WEBHOOKS_LOCAL',
    'tell this address; its secret is shown this once (on stdout)',
  )
    .option('--type <type...>', 'which events; all unless given', collectTypes)
    .action((url: string, options: { type?: Types }) =>
      run(async ({ db, secret, secrets, webhooks }) => {
        webhooks.assertUrl(url);
        const endpoint = await addEndpoint(db, secret, { url, types: options.type ?? ['*'] });
        process.stderr.write(`${endpoint.id} is told ${endpoint.types.join(', ')}.\n`);
        process.stdout.write(`${await endpointSecret(db, secrets, endpoint.id, new Date())}\n`);
      }),
    );
  command
    .command('list')
    .option('--json', 'as JSON, one line')
    .description('all endpoints, without their secrets')
    .action((options: { json?: boolean }) =>
      run(async ({ db }) => {
        const endpoints = await listEndpoints(db);
        if (options.json) process.stdout.write(`${JSON.stringify(endpoints)}\n`);
        else if (endpoints.length === 0) process.stderr.write('There are no webhooks yet.\n');
        else for (const it of endpoints) process.stdout.write(`${lineOf(it)}\n`);
      }),
    );
  verb('log', ...id, 'what it was told, newest first; kept for 30 days')
    .option('--failed', 'what failed alone')
    .option('--limit <count>', 'how many', readCount, 50)
    .option('--json', 'as JSON, one line')
    .action((key: string, options: { failed?: boolean; limit: number; json?: boolean }) =>
      run(async ({ db }) => {
        const endpoint = await findEndpoint(db, key);
        const state = options.failed ? 'failed' : undefined;
        const lines = await listDeliveries(db, endpoint.id, { state, limit: options.limit });
        if (options.json) process.stdout.write(`${JSON.stringify(lines)}\n`);
        else for (const it of lines) process.stdout.write(`${logLine(it)}\n`);
      }),
    );
  verb(
    'redeliver',
    '<id>',
    "a delivery's id as in `webhook log`, or with --failed an endpoint's",
    'tell it once more',
  )
    .option('--failed', 'all that failed')
    .action((key: string, options: { failed?: boolean }) =>
      run(async ({ db }) => {
        if (!options.failed) return await redeliver(db, key);
        const { id: endpoint } = await findEndpoint(db, key);
        process.stderr.write(`${await redeliverFailed(db, endpoint)} are told once more.\n`);
      }),
    );
  verb('test', ...id, 'tell it something harmless now, and say what came of it').action((key: string) =>
    perform(async ({ openWire }) => await tryOut(await openWire(), key)),
  );
  verb('enable', ...id, 'tell it again what happens from now on').action((key: string) =>
    run(async ({ db }) => await enableEndpoint(db, key)),
  );
  verb('rotate', ...id, 'make a new secret; for a day messages are signed with the old one, too')
    .option('--now', 'the old secret is over at once: somebody may have seen it')
    .action((key: string, options: { now?: boolean }) =>
      run(async ({ db, secret }) => {
        const fresh = await rotateEndpoint(db, secret, key, { atOnce: options.now ?? false });
        process.stdout.write(`${fresh}\n`);
      }),
    );
  verb('remove', ...id, 'tell it nothing more, and drop its log').action((key: string) =>
    run(async ({ db }) => await removeEndpoint(db, key)),
  );
  return command;
}

const run = (verb: (wire: Wire) => Promise<void>) =>
  perform(async ({ openWire }) => {
    await verb(await openWire());
    return exits.done;
  });

async function tryOut({ db, webhooks }: Wire, key: string): Promise<Exit> {
  const endpoint = await findEndpoint(db, key);
  const delivery = await addTestDelivery(db, endpoint.id);
  await deliverDueWebhooks(webhooks);
  const tried = (await listDeliveries(db, endpoint.id, { limit: 50 })).find((it) => it.id === delivery);
  process.stdout.write(`${tried ? logLine(tried) : lineOf(endpoint)}\n`);
  return tried?.state === 'delivered' ? exits.done : exits.failed;
}

function lineOf({ id, url, types, failingSince, disabledAt, disabledWhy }: Endpoint): string {
  const failing = failingSince === null ? 'works' : `fails since ${failingSince}`;
  const state = disabledAt === null ? failing : `disabled ${disabledAt}: ${disabledWhy}`;
  return `${id}  ${url}  ${types.join(',')}  ${state}`;
}

function logLine({
  id,
  type,
  at,
  state,
  attempts,
  lastStatus,
  lastError,
  durationMs,
}: LoggedDelivery): string {
  const told = lastError ?? lastStatus ?? '';
  const took = durationMs === null ? '' : `${durationMs} ms`;
  return [at, state.padEnd(9), `${attempts}×`, type.padEnd(20), id, told, took].join('  ').trimEnd();
}

function readCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0 && count <= 1000) return count;
  throw new InvalidArgumentError('expected a number from 1 to 1000');
}

/** Takes `--type a b`, `--type a --type b` and `--type a,b`. */
function collectTypes(text: string, before: Types = []): Types {
  const known: readonly string[] = [...webhookTypes, '*'];
  const types = text.split(',').map((it) => it.trim());
  for (const type of types) {
    if (!known.includes(type)) throw new InvalidArgumentError(`expected ${known.join(', ')}, not ${type}`);
  }
  return [...before, ...(types as Types)];
}
