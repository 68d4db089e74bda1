import { Command, Option } from 'commander';
import type { Run } from '../../../run/ledger.ts';
import type { Wire } from '../../wire.ts';
import { bold, many } from '../paint.ts';
import { type Exit, exits, perform } from '../perform.ts';
import { findOpenRunOf, findRunOf, occurrenceOption, runArgument } from './find-run-of.ts';

interface Options {
  occurrence?: string;
  json?: boolean;
}

interface Verb {
  readonly name: string;
  readonly description: string;
  readonly help: string;
  /** Which run a campaign's name means. */
  readonly find: typeof findRunOf;
  /** Rows that it changed, or null; and what to say. */
  act(run: Run, wire: Wire): Promise<{ readonly changed: number | null; readonly said: string }>;
}

const workers = 'A running `dearly worker` or `dearly serve` sends them; so does `campaign run`.';

export function pauseCommand(): Command {
  return steer({
    name: 'pause',
    find: findOpenRunOf,
    description: 'send nothing more until it is resumed; what is on its way already arrives',
    help: `
Example:
  $ npm run dearly -- campaign pause yearly-statement`,
    async act(run, { ledger }) {
      if (run.state !== 'running')
        return { changed: null, said: `is ${run.state}; there is nothing to pause.` };
      await ledger.pause(run.id, 'by hand');
      const { open } = await ledger.tally(run.id);
      return {
        changed: null,
        said: `is paused with ${many(open)} open. To go on: campaign resume ${run.name}`,
      };
    },
  });
}

export function resumeCommand(): Command {
  return steer({
    name: 'resume',
    find: findOpenRunOf,
    description: 'go on with a paused run',
    help: `
Example:
  $ npm run dearly -- campaign resume yearly-statement`,
    async act(run, { ledger, queue }) {
      if (run.state !== 'paused') return { changed: null, said: `is ${run.state}, not paused.` };
      await ledger.resume(run.id);
      await queue.wakeRun(run.id);
      const { open } = await ledger.tally(run.id);
      return { changed: null, said: `goes on with ${many(open)} open. ${workers}` };
    },
  });
}

export function retryFailedCommand(): Command {
  return steer({
    name: 'retry-failed',
    find: findRunOf,
    description: 'try the failed ones again, and only them',
    help: `
Example:
  $ npm run dearly -- campaign retry-failed yearly-statement

Bounced addresses are no failures: they do not exist. Those in doubt are not touched either; see \`campaign resolve\`.`,
    async act(run, { ledger, queue }) {
      const changed = await ledger.retryFailed(run.id);
      if (changed > 0) await queue.wakeRun(run.id);
      return {
        changed,
        said: changed === 0 ? 'has no failed ones.' : `tries ${many(changed)} again. ${workers}`,
      };
    },
  });
}

export function resolveCommand(): Command {
  const how = new Option('--unknown <how>', 'what becomes of those in doubt')
    .choices(['resend', 'accept'])
    .makeOptionMandatory();
  return new Command('resolve')
    .argument(...runArgument)
    .option(...occurrenceOption)
    .addOption(how)
    .option('--json', 'one JSON line on stdout')
    .description('decide about messages of which nobody can tell whether they went out')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run dearly -- campaign resolve yearly-statement --unknown accept
  $ npm run dearly -- campaign resolve yearly-statement --unknown resend

A crash between handing a message over and the mail server's answer leaves a doubt. \`accept\` takes them as sent;
\`resend\` sends them again under the same Message-ID, so that some mail servers fold the two into one.`,
    )
    .action((key: string, options: Options & { unknown: 'resend' | 'accept' }) =>
      steerRun(key, options, async (run, { ledger, queue }) => {
        const changed = await ledger.resolveUnknown(run.id, options.unknown);
        if (changed > 0 && options.unknown === 'resend') await queue.wakeRun(run.id);
        const done =
          options.unknown === 'resend'
            ? `sends ${many(changed)} again. ${workers}`
            : `takes ${many(changed)} as accepted.`;
        return { changed, said: changed === 0 ? 'has none in doubt.' : done };
      }),
    );
}

function steer(verb: Verb): Command {
  return new Command(verb.name)
    .argument(...runArgument)
    .option(...occurrenceOption)
    .option('--json', 'one JSON line on stdout')
    .description(verb.description)
    .addHelpText('after', verb.help)
    .action((key: string, options: Options) => steerRun(key, options, verb.act, verb.find));
}

function steerRun(key: string, options: Options, act: Verb['act'], find = findRunOf): Promise<void> {
  return perform(async ({ openWire }): Promise<Exit> => {
    const wire = await openWire();
    const run = await find(key, options.occurrence, wire);
    const { changed, said } = await act(run, wire);
    const { state } = await wire.ledger.find(run.id);
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ run: run.id, state, ...(changed === null ? {} : { changed }) })}\n`
        : `${bold(`${run.name} ${run.occurrence}`)} ${said}\n`,
    );
    return exits.done;
  });
}
