// `dearly worker` as it is, but for three things: it waits for a word before it takes jobs, its time-outs are short, and it
// kills itself where it was told to.
import { flushCompileCache } from 'node:module';
import { openSmtpTransport } from '../../../src/adapters/smtp/smtp-transport.ts';
import { campaignSchema } from '../../../src/campaign/campaign.ts';
import { readConfig } from '../../../src/config.ts';
import { startRun } from '../../../src/run/start-run.ts';
import { takeJobs } from '../../../src/shell/cli/run-jobs.ts';
import { openWire } from '../../../src/shell/wire.ts';
import { killLedger } from './kill-ledger.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './orders.ts';

const options: WorkerOptions = JSON.parse(process.argv[2] ?? '{}');
const config = readConfig();
const opened = await openWire(config, { onQueueError: (error) => complain('queue', error) });
const transport = openSmtpTransport(config.smtpUrl ?? '', {
  maxConnections: options.concurrency,
  connectTimeoutMs: options.silenceTimeoutMs,
  silenceTimeoutMs: options.silenceTimeoutMs,
});
const wire = { ...opened, transport };
const stop = new AbortController();

/** Ids and codes alone; the parent shows it where a fault has not passed. */
function complain(what: string, error: unknown): void {
  process.stderr.write(
    `${new Date().toISOString()} ${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
}

const tell = (message: FromWorker) => process.send?.(message);

process.on('message', async (message: ToWorker) => {
  if (message.kind === 'start') {
    const campaign = campaignSchema.parse(message.campaign);
    const { run } = await startRun(
      { kind: 'campaign', name: campaign.name, occurrence: message.occurrence, campaign },
      wire,
    );
    return tell({ kind: 'started', runId: run.id });
  }
  const { kill } = message;
  const ledger = kill === null ? wire.ledger : killLedger(wire.ledger, kill);
  await takeJobs({ ...wire, ledger }, { ...options, videos: 0, signal: stop.signal, onFault: complain });
  tell({ kind: 'working' });
});
process.on('SIGTERM', async () => {
  stop.abort();
  await wire.close();
  await transport.close();
  process.exit(0);
});
// A Ctrl-C is for whoever started us; its end is ours, whichever way it ends.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(1));
// Whoever is killed keeps nothing at its end.
flushCompileCache();
tell({ kind: 'ready' });
