import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { findRun } from '../../adapters/postgres/find-run.ts';
import { parseCampaign } from '../../campaign/read-campaign.ts';
import { DearlyError } from '../../errors.ts';
import { startRun } from '../../run/start-run.ts';
import { type Exit, exits, perform } from './perform.ts';
import { startProgress } from './progress.ts';
import { inWords, type Summary, sendRun, summarise } from './send-run.ts';

export function campaignCommand(): Command {
  return new Command('campaign')
    .description('send a campaign to its whole audience, or ask how one is doing')
    .addCommand(runCommand())
    .addCommand(statusCommand());
}

function runCommand(): Command {
  return new Command('run')
    .argument('<file>', 'a campaign file (YAML)')
    .option('--occurrence <name>', 'which occurrence this is; the same one is never sent twice', today())
    .option('--json', 'end with one JSON line on stdout')
    .description('start an occurrence of a campaign, or go on with one that was started')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run dearly -- campaign run examples/campaigns/statement.yaml
  $ npm run dearly -- campaign run statement.yaml --occurrence 2026 --json

Running it again goes on where it stopped: whoever has got the message does not get it again.`,
    )
    .action((file: string, options: { occurrence: string; json?: boolean }) =>
      perform(async ({ config, openWire, signal }) => {
        const campaign = parseCampaign(await readText(file), file);
        if (config.smtpUrl === undefined) {
          throw new DearlyError(
            'mail-refused',
            'SMTP_URL is not set; for example SMTP_URL=smtp://127.0.0.1:1025',
          );
        }
        const wire = await openWire();
        const occurrence = {
          kind: 'campaign',
          name: campaign.name,
          occurrence: options.occurrence,
          campaign,
        } as const;
        const { run, isNew } = await startRun(occurrence, wire);
        const title = `${campaign.name} ${options.occurrence}`;
        if (!isNew) process.stderr.write(`  ${title} was started before; going on with it.\n`);
        const progress = startProgress(title);
        const summary = await sendRun(run.id, wire, { progress, signal });
        progress.end(inWords(summary));
        if (summary.open > 0) {
          process.stderr.write(
            '  The open ones are tried again by `dearly worker` or `dearly serve`, or by running this again.\n',
          );
        }
        if (options.json) process.stdout.write(`${JSON.stringify({ run: run.id, ...summary })}\n`);
        if (signal.aborted) return exits.interrupted;
        return exitOf(summary);
      }),
    );
}

function statusCommand(): Command {
  return new Command('status')
    .argument('<run>', "a run's id, or a campaign's name for its newest run")
    .option('--json', 'one JSON line on stdout')
    .description('how far a run is, by state')
    .addHelpText('after', '\nExample:\n  $ npm run dearly -- campaign status yearly-statement')
    .action((key: string, options: { json?: boolean }) =>
      perform(async ({ openWire }) => {
        const wire = await openWire();
        const run = await findRun(wire.db, key);
        const summary = summarise(await wire.ledger.tally(run.id));
        if (options.json)
          process.stdout.write(`${JSON.stringify({ run: run.id, state: run.state, ...summary })}\n`);
        else process.stdout.write(`${run.name} ${run.occurrence}: ${run.state}\n${inWords(summary)}\n`);
        return exits.done;
      }),
    );
}

function exitOf(summary: Summary): Exit {
  const bad = summary.failed + summary.unknown + summary.open;
  if (bad === 0) return exits.done;
  return summary.accepted > 0 ? exits.partlyDone : exits.failed;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new DearlyError('file-unreadable', `${file} cannot be read.`, { cause });
  }
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
