import { Command, InvalidArgumentError } from 'commander';
import { type Exit, exits, explain, perform } from './perform.ts';
import { type Jobs, sendConcurrency, takeJobs, untilAborted, videosAtOnce } from './run-jobs.ts';
import { countSettled } from './settled-line.ts';

interface Options {
  concurrency: number;
  videos: number;
  leaseSeconds: number;
  json?: boolean;
}

/** Supervisors kill after 30 seconds, most of them. */
const patienceMs = 20_000;
const lineEveryMs = 10_000;

export function workerCommand(): Command {
  return new Command('worker')
    .option('--concurrency <n>', 'messages on their way at once', atLeast(1), sendConcurrency)
    .option('--videos <n>', 'films drawn at once; 0 leaves them to other workers', atLeast(0), videosAtOnce)
    .option('--lease-seconds <n>', 'after so long a killed worker’s rows are free again', atLeast(10), 120)
    .option('--json', 'end with one JSON line on stdout: what became of how many')
    .description(
      'send messages, draw videos, and look after schedules, winners and webhooks; run as many as you like',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ DATABASE_URL=postgres://… SMTP_URL=smtp://… npm run dearly -- worker
  $ npm run dearly -- worker --concurrency 20 --videos 0

Any number of workers on any number of machines share the work of one database, and its limits. SIGTERM or Ctrl-C stops one:
it takes nothing new, gives back what it has not begun, waits for the answers to messages that are on their way, and ends
within ${patienceMs / 1000} seconds. A killed one loses nothing: its rows are free again when their lease ends.`,
    )
    .action((options: Options) =>
      perform(async ({ signal, openWire }) => {
        const { concurrency, videos } = options;
        const wire = await openWire({
          connections: concurrency,
          onQueueError: (error) => process.stderr.write(`queue: ${error.message}\n`),
        });
        const counted = countSettled();
        const jobs = await takeJobs(wire, {
          signal,
          concurrency,
          videos,
          leaseMs: options.leaseSeconds * 1000,
          onFault: (what, error) => process.stderr.write(`${what}: ${explain(error)}`),
          onSettled: counted.add,
        });
        if (!wire.canSend) process.stderr.write('SMTP_URL is not set: messages are left to other workers.\n');
        process.stderr.write('Working. Ctrl-C gives back what is not begun, and stops.\n');
        const telling = setInterval(() => {
          const line = counted.line();
          if (line !== null) process.stderr.write(`${line}\n`);
        }, lineEveryMs);
        await untilAborted(signal);
        clearInterval(telling);
        process.stderr.write(farewell(jobs));
        const exit = endWithin(patienceMs, options.json ? () => counted.total() : null);
        await wire.close();
        return exit();
      }),
    );
}

function farewell({ runs, videos }: Jobs): string {
  const waiting = [
    ...(runs > 0 ? [`the answers to messages of ${runs === 1 ? 'one run' : `${runs} runs`}`] : []),
    ...(videos > 0 ? [`${videos === 1 ? 'a film' : `${videos} films`} to be put down`] : []),
  ];
  return waiting.length === 0
    ? 'Stopping.\n'
    : `Stopping; waiting for ${waiting.join(' and ')}, at most ${patienceMs / 1000} seconds.\n`;
}

/** A mail server that says nothing, or a database that is away, is not waited for any longer: leases know what is left. */
function endWithin(ms: number, total: (() => object) | null): () => Exit {
  const tell = () => {
    if (total !== null) process.stdout.write(`${JSON.stringify(total())}\n`);
  };
  const timer = setTimeout(() => {
    tell();
    process.stderr.write('Not everything has ended; it is found again when its lease ends.\n');
    process.exit(exits.partlyDone);
  }, ms);
  return () => {
    clearTimeout(timer);
    tell();
    return exits.done;
  };
}

function atLeast(least: number): (text: string) => number {
  return (text) => {
    const count = Number(text);
    if (Number.isInteger(count) && count >= least && count <= 10_000) return count;
    throw new InvalidArgumentError(`expected a whole number from ${least} on`);
  };
}
