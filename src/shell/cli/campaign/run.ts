import { Command } from 'commander';
import type { Campaign } from '../../../campaign/campaign.ts';
import { differingFields } from '../../../campaign/differing-fields.ts';
import { comesByItself } from '../../../campaign/next-occurrence.ts';
import { DearlyError } from '../../../errors.ts';
import { type Started, startCampaign } from '../../../run/campaign/start-campaign.ts';
import type { Run } from '../../../run/ledger.ts';
import type { Wire } from '../../wire.ts';
import { bold, dim, moment, printable } from '../paint.ts';
import { type Exit, exits, perform } from '../perform.ts';
import { inMinutes, startProgress } from '../progress.ts';
import { inWords, type Summary, sendRun, summarise } from '../send-run.ts';
import { planFile } from './plan.ts';
import { checkDraft, readDraft } from './read-file.ts';
import { describeRun } from './run-view.ts';
import { watchRun } from './watch-run.ts';

interface Options {
  occurrence?: string;
  dryRun?: boolean;
  json?: boolean;
}

export function runCommand(): Command {
  return new Command('run')
    .argument('<file>', 'a campaign file (YAML)')
    .option(
      '--occurrence <name>',
      'start just this one now; the same one is never sent twice (default: the one still open, else today)',
    )
    .option('--dry-run', 'only say what would happen: the same as `campaign plan`')
    .option('--json', 'end with one JSON line on stdout')
    .description('send a campaign, or go on with one; with a schedule in its file: have it come by itself')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run dearly -- campaign run examples/campaigns/statement.yaml
  $ npm run dearly -- campaign run statement.yaml --occurrence 2026 --json
  $ npm run dearly -- campaign run statement.yaml --dry-run

Running it again goes on where it stopped: whoever has got the message does not get it again. Other workers
(\`dearly worker\`) join in by themselves. A file with a schedule (cron or at) is put down, and a running
\`dearly worker\` or \`dearly serve\` starts each occurrence.

Exit codes: 0 all done (or put down), 1 nobody got it, 3 a mistake in the file, 4 some failed, wait or are still open,
130 interrupted.`,
    )
    .action((file: string, options: Options) =>
      perform(async (context) => {
        if (options.dryRun) return await planFile(file, options, context);
        const { config, openWire, signal } = context;
        const draft = await readDraft(file);
        const wire = await openWire();
        const campaign = await checkDraft(draft, wire, options.occurrence);
        const startsNow = options.occurrence !== undefined || !comesByItself(campaign.schedule);
        if (startsNow && config.smtpUrl === undefined) {
          throw new DearlyError(
            'mail-refused',
            'SMTP_URL is not set; for example SMTP_URL=smtp://127.0.0.1:1025',
          );
        }
        const started = await startCampaign(campaign, options.occurrence, wire);
        if (started.kind === 'scheduled') {
          process.stdout.write(
            options.json
              ? `${JSON.stringify({ campaign: campaign.name, ...started })}\n`
              : describeSchedule(campaign.name, campaign.schedule?.time_zone ?? 'UTC', started, wire.now()),
          );
          return exits.done;
        }
        const { run, isNew } = started;
        if (!isNew) process.stderr.write(wasThere(run, campaign));
        if (run.state === 'paused' || run.state === 'cancelled') return refuseStopped(run);
        const summary = await work(run, wire, signal);
        if (options.json) process.stdout.write(`${JSON.stringify({ run: run.id, ...summary })}\n`);
        const after = await wire.ledger.find(run.id);
        if (summary.open > 0) process.stderr.write(goOn(file, after, summary, signal.aborted));
        return signal.aborted ? exits.interrupted : exitOf(summary, after.state === 'paused');
      }),
    );
}

/** Works the run here; where somebody looks on, everybody's work is seen. */
async function work(run: Run, wire: Wire, signal: AbortSignal): Promise<Summary> {
  const title = `${run.name} ${run.occurrence}`;
  if (!process.stderr.isTTY) {
    const progress = startProgress(title);
    const summary = await sendRun(run.id, wire, { progress, signal });
    progress.end(inWords(summary));
    return summary;
  }
  const done = new AbortController();
  const watching = watchRun(run.id, wire, { signal: done.signal, untilAborted: true });
  try {
    await sendRun(run.id, wire, { signal });
  } finally {
    done.abort();
  }
  const view = await watching;
  process.stderr.write(`${describeRun(view, wire.now()).join('\n')}\n\n`);
  return summarise(view.tally);
}

/** What a stopped one needs is said by `refuseStopped`. */
function wasThere({ name, occurrence, state, campaign: before }: Run, campaign: Campaign): string {
  if (state === 'running' || state === 'planning')
    return `  ${name} ${occurrence} was started before; going on with it.\n`;
  if (state !== 'completed') return '';
  const changed = differingFields(before, campaign).map((it) => `  changed since: ${printable(it)}\n`);
  return `  ${name} ${occurrence} has ended; nobody gets it again. To send another: --occurrence NAME\n${changed.join('')}`;
}

function refuseStopped({ name, occurrence, state }: Run): Exit {
  const way =
    state === 'paused'
      ? `campaign resume ${name}`
      : 'start another with --occurrence, under a name of its own';
  process.stderr.write(`  ${name} ${occurrence} is ${state}; to go on: ${way}\n`);
  return exits.failed;
}

function goOn(file: string, run: Run, { open }: Summary, isInterrupted: boolean): string {
  if (run.state === 'paused') {
    const why = printable(run.pauseReason ?? 'by hand');
    return `  Paused with ${open} open: ${why}\n  To go on: campaign resume ${run.name}\n`;
  }
  const given = isInterrupted ? 'Stopped; what was not sent is given back. ' : '';
  return `  ${given}${open} still open. To go on: run this again (campaign run ${file}), or \`dearly worker\`.\n`;
}

function describeSchedule(
  name: string,
  timeZone: string,
  { next, change, differences }: Extract<Started, { kind: 'scheduled' }>,
  now: Date,
): string {
  const what = {
    new: 'is put down; it comes by itself.',
    same: 'stands as it is.',
    replaced: 'replaces the one that was put down before:',
  }[change];
  const moments = next.map((iso, at) => {
    const seconds = Math.max(0, (Date.parse(iso) - now.getTime()) / 1000);
    return `  ${(at === 0 ? 'next' : 'then').padEnd(6)} ${moment(iso, timeZone)}  ${dim(`in ${inMinutes(seconds)}`)}`;
  });
  return `${[
    `${bold(name)} ${what}`,
    ...differences.filter(() => change === 'replaced').map((it) => `  ${it}`),
    ...moments,
    dim(`Keep \`dearly worker\` or \`dearly serve\` running. To take it off: campaign cancel ${name}`),
  ].join('\n')}\n`;
}

/** Whoever only waits is no failure, unless nothing goes on before somebody acts. */
function exitOf(summary: Summary, isPaused: boolean): Exit {
  const bad = summary.failed + summary.unknown + summary.cancelled + summary.open;
  if (bad === 0) return exits.done;
  const hope = isPaused ? 0 : summary.open;
  return summary.accepted + hope > 0 ? exits.partlyDone : exits.failed;
}
