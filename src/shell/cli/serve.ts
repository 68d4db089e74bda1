import { Command } from 'commander';
import { exits, explain, perform } from './perform.ts';
import { takeJobs, untilAborted } from './run-jobs.ts';

export function serveCommand(): Command {
  return new Command('serve')
    .option('--no-worker', 'only answer requests; messages and videos are left to `dearly worker`')
    .description(
      'serve the API, the pages behind links, and (unless told otherwise) do the work they ask for',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ npm run dearly -- serve
  $ PORT=8080 PUBLIC_URL=https://mail.example.com DATABASE_URL=postgres://… npm run dearly -- serve --no-worker`,
    )
    .action((options: { worker: boolean }) =>
      perform(async ({ config, signal, openWire }) => {
        const wire = await openWire({
          onQueueError: (error) => process.stderr.write(`queue: ${error.message}\n`),
        });
        const onFault = (what: string, error: unknown) => process.stderr.write(`${what}: ${explain(error)}`);
        const { startServer } = await import('../start-server.ts');
        const { listenForReports } = await import('../listen-for-reports.ts');
        const reports = await listenForReports(wire, { onFault });
        try {
          const server = await startServer(wire, config, reports?.counts);
          const jobs = options.worker ? await takeJobs(wire, { signal, onFault }) : null;
          if (jobs !== null && !wire.canSend)
            process.stderr.write('SMTP_URL is not set: messages are left to other workers.\n');
          process.stderr.write(
            `Listening on ${server.url}; the API's documentation is at ${server.url}/docs\n`,
          );
          if (reports) process.stderr.write(`Bounces and complaints are taken at ${reports.url}\n`);
          await untilAborted(signal);
          if (jobs !== null && jobs.runs + jobs.videos > 0)
            process.stderr.write('Stopping; waiting for what is under way.\n');
          await server.close();
          return exits.done;
        } finally {
          await reports?.close();
        }
      }),
    );
}
