import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import {
  keepTrigger,
  listTriggers,
  removeTrigger,
  rotateTrigger,
} from '../../adapters/postgres/webhooks/triggers.ts';
import { readTrigger } from '../../campaign/trigger.ts';
import { DearlyError } from '../../errors.ts';
import { checkCampaign } from '../../run/campaign/check-campaign.ts';
import { exits, perform } from './perform.ts';

export function triggerCommand(): Command {
  const command = new Command('trigger')
    .description('let a CRM send one message to one person when something happens')
    .addHelpText(
      'afterAll',
      `
Examples:
  $ npm run dearly -- trigger add examples/crm/welcome.yaml
  $ npm run dearly -- trigger list
  $ npm run dearly -- trigger rotate welcome

A trigger's file is a campaign's without audience, schedule and sample. docs/webhooks.md says how to call it.`,
    );
  command
    .command('add')
    .argument('<file>', 'a trigger file (YAML)')
    .description(
      'take its events from now on, or change what it says; a new secret is shown this once (on stdout)',
    )
    .action((file: string) =>
      perform(async ({ openWire }) => {
        const draft = readTrigger(await readText(file), file);
        const { db, secret, shelf } = await openWire();
        const { campaign, warnings } = await checkCampaign(draft, shelf);
        for (const line of warnings) process.stderr.write(`  ${line}\n`);
        const added = await keepTrigger(db, secret, campaign);
        const url = `POST /v1/triggers/${campaign.name}`;
        if (added.secret === null) {
          process.stderr.write(`${url} says what the file says now; its secret stays.\n`);
        } else {
          process.stderr.write(`${url} takes events signed with this secret. It cannot be shown again.\n`);
          process.stdout.write(`${added.secret}\n`);
        }
        return exits.done;
      }),
    );
  command
    .command('list')
    .option('--json', 'as JSON, one line')
    .description('all triggers, without their secrets')
    .action((options: { json?: boolean }) =>
      perform(async ({ openWire }) => {
        const { db } = await openWire();
        const triggers = await listTriggers(db);
        if (options.json) process.stdout.write(`${JSON.stringify(triggers)}\n`);
        else if (triggers.length === 0) process.stderr.write('There are no triggers yet.\n');
        else {
          for (const { name, pack, events, rotatingUntil } of triggers) {
            const until = rotatingUntil && `, two secrets until ${rotatingUntil.toISOString()}`;
            process.stdout.write(
              `${name.padEnd(24)}  pack ${pack.padEnd(20)}  ${events} events${until ?? ''}\n`,
            );
          }
        }
        return exits.done;
      }),
    );
  command
    .command('rotate')
    .argument('<name>', 'as in `trigger list`')
    .option('--now', 'the old secret is over at once: somebody may have seen it')
    .description('make a new secret; the old one is good for another day')
    .action((name: string, options: { now?: boolean }) =>
      perform(async ({ openWire }) => {
        const { db, secret } = await openWire();
        const fresh = await rotateTrigger(db, secret, name, { atOnce: options.now ?? false });
        process.stderr.write(
          options.now ? 'The old secret is over.\n' : 'The old secret is good for another 24 hours.\n',
        );
        process.stdout.write(`${fresh}\n`);
        return exits.done;
      }),
    );
  command
    .command('remove')
    .argument('<name>', 'as in `trigger list`')
    .description('take no more of its events; messages under way still go')
    .action((name: string) =>
      perform(async ({ openWire }) => {
        const { db } = await openWire();
        await removeTrigger(db, name);
        process.stderr.write(`The trigger ${name} is gone.\n`);
        return exits.done;
      }),
    );
  return command;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new DearlyError('file-unreadable', `${file} cannot be read.`, { cause });
  }
}
