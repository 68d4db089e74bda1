import { Command } from 'commander';
import { exits, explain, perform } from './perform.ts';
import { takeJobs, untilAborted } from './run-jobs.ts';

export function workerCommand(): Command {
  return new Command('worker')
    .description(
      'send messages and draw videos that others asked for; run as many as you like, on any machine',
    )
    .addHelpText(
      'after',
      '\nExample:\n  $ DATABASE_URL=postgres://… SMTP_URL=smtp://… npm run dearly -- worker',
    )
    .action(() =>
      perform(async ({ signal, openWire }) => {
        const wire = await openWire({
          onQueueError: (error) => process.stderr.write(`queue: ${error.message}\n`),
        });
        const onFault = (what: string, error: unknown) => process.stderr.write(`${what}: ${explain(error)}`);
        const { listenForReports } = await import('../listen-for-reports.ts');
        const reports = await listenForReports(wire, { onFault });
        await takeJobs(wire, { signal, onFault });
        process.stderr.write('Working. Ctrl-C ends what is under way and stops.\n');
        if (reports) process.stderr.write(`Bounces and complaints are taken at ${reports.url}\n`);
        await untilAborted(signal);
        await reports?.close();
        return exits.done;
      }),
    );
}
