// Enters: nothing but the examples. Leaves: customers imported, a campaign sent, a video drawn, and links to look at.
// Never: a mail to anybody real, unless SMTP_URL says so.
import { readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { findBrowser } from '../../../adapters/chromium/find-browser.ts';
import { decodeVideo } from '../../../adapters/ffmpeg/decode-video.ts';
import { acceptedMessages } from '../../../adapters/postgres/accepted-messages.ts';
import { createKey } from '../../../adapters/postgres/api-keys.ts';
import { runBreakdown } from '../../../adapters/postgres/run-breakdown.ts';
import { upsertProfiles } from '../../../adapters/postgres/upsert-profiles.ts';
import type { Campaign } from '../../../campaign/campaign.ts';
import { parseCampaign } from '../../../campaign/read-campaign.ts';
import type { Config } from '../../../config.ts';
import { DearlyError } from '../../../errors.ts';
import { factShape } from '../../../profile/fact-shape.ts';
import { importFiles } from '../../../run/import-files.ts';
import { makeLinks } from '../../../track/make-links.ts';
import { startServer } from '../../start-server.ts';
import type { Wire } from '../../wire.ts';
import { contractsOf, openAll } from '../import.ts';
import { type Context, type Exit, exits, explain } from '../perform.ts';
import { startProgress } from '../progress.ts';
import { takeJobs, untilAborted } from '../run-jobs.ts';
import { inWords } from '../send-run.ts';
import { printCard } from './card.ts';
import { fetchVideo } from './fetch-video.ts';
import { openInbox } from './inbox.ts';
import { isDemos, sendAlone } from './send-alone.ts';
import { countDelivered, findFaults } from './verify.ts';

export interface DemoOptions {
  /** Check the result and end. */
  readonly once?: boolean;
  /** End with one JSON line on stdout. */
  readonly json?: boolean;
}

const examples = ['examples/customers.csv', 'examples/readings.ndjson'];
const campaignFile = 'examples/campaigns/statement.yaml';

export async function demo({ config, openWire, signal }: Context, options: DemoOptions): Promise<Exit> {
  const startedAt = performance.now();
  const campaign = await readExample();
  using opening = startProgress('Database and server');
  // A film is part of it: whoever has no browser hears so at once.
  await findBrowser(config);
  const workDir = join(config.dataDir, 'work');
  await using open = new AsyncDisposableStack();
  const inbox = config.smtpUrl === undefined ? await openInbox(workDir) : null;
  open.defer(async () => inbox?.close());
  const wire = await openWire({
    ...(inbox && { smtpUrl: inbox.smtpUrl }),
    onQueueError: (error) => process.stderr.write(`queue: ${error.message}\n`),
  });
  // Before the inbox: it waits for connections that the transport keeps open.
  open.defer(() => wire.close());
  const server = await startServer(wire, {
    host: config.host,
    port: await portFor(config, options),
    logLevel: 'error',
  });
  open.defer(() => server.close());
  opening.end(server.url);
  const onFault = (what: string, error: unknown) => process.stderr.write(`${what}: ${explain(error)}`);
  await importExamples(wire, signal);

  using sending = startProgress('Sending the campaign');
  const { runId, summary } = await sendAlone(campaign, wire, { progress: sending, signal });
  signal.throwIfAborted();
  sending.end(inWords(summary));

  // Who ends soon takes part in no run of others: what it sent would lie in an inbox that goes away.
  const jobs = { ...wire, canSend: wire.canSend && !options.once };
  await takeJobs(jobs, { signal, onFault, leaves: async (id) => id !== runId && isDemos(id, wire) });
  const accepted = await acceptedMessages(wire.db, runId);
  const [first, second] = accepted;
  if (first === undefined || second === undefined) {
    const { reasons } = await runBreakdown(wire.db, runId);
    throw new DearlyError('mail-refused', 'The mail server took next to no message.', {
      details: reasons.map(({ count, state, reason }) => `${count} ${state}: ${reason}`),
    });
  }
  const links = makeLinks(wire.secret, first.snapshot, wire.origins());

  using drawing = startProgress('Drawing one video');
  const file = join(workDir, `demo-${runId}.mp4`);
  await fetchVideo(links.video, file, {
    signal,
    onProgress: (share) => drawing.update(Math.round(share * 100), 100),
  });
  const mp4 = await decodeVideo(file);
  const { size } = await stat(file);
  await rm(file);
  drawing.end(`${mp4.seconds.toFixed(1)} s, ${(size / 1e6).toFixed(1)} MB`);

  const response = await fetch(links.site);
  const page = { status: response.status, html: await response.text(), name: first.firstName };
  const inInbox = inbox === null ? null : await inbox.messageIds();
  const faults = findFaults({ summary, accepted, inInbox, page, mp4 });
  for (const fault of faults) process.stderr.write(`  ✗ ${fault}\n`);

  if (!options.once) {
    const { key } = await createKey(wire.db, { name: 'demo', scopes: ['*'] });
    const pages = [first, second].map(({ snapshot, firstName }) => ({
      name: firstName,
      url: makeLinks(wire.secret, snapshot, wire.origins()).site,
    }));
    printCard({
      inbox: inbox?.webUrl ?? null,
      pages,
      video: links.video,
      pdf: links.pdf,
      report: `npm run dearly -- campaign report ${campaign.name}`,
      docs: `${server.url}/docs`,
      key,
    });
    await untilAborted(signal);
  }
  if (options.json) {
    const { profiles, skipped, failed } = summary;
    const messagesInInbox = inInbox === null ? null : countDelivered(accepted, inInbox);
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    const video = { seconds: mp4.seconds, bytes: size };
    process.stdout.write(
      `${JSON.stringify({ profiles, accepted: summary.accepted, skipped, failed, messagesInInbox, mp4: video, seconds })}\n`,
    );
  }
  return faults.length === 0 ? exits.done : exits.failed;
}

async function readExample(): Promise<Campaign> {
  const text = await readFile(campaignFile, 'utf8').catch((cause) => {
    throw new DearlyError(
      'file-unreadable',
      'The demo is part of the clone, and its examples are not here.',
      {
        cause,
        details: [`there is no ${resolve(campaignFile)}`],
      },
    );
  });
  return parseCampaign(text, campaignFile);
}

/** The usual port, so that links look the same from one demo to the next, unless somebody else has it. */
async function portFor({ host, port }: Config, { once }: DemoOptions): Promise<number> {
  if (once) return 0;
  const probe = createServer();
  const isFree = await new Promise<boolean>((resolve) => {
    probe.once('error', () => resolve(false)).listen(port, host, () => resolve(true));
  });
  if (isFree) await new Promise((resolve) => probe.close(resolve));
  return isFree ? port : 0;
}

async function importExamples(wire: Wire, signal: AbortSignal): Promise<void> {
  using importing = startProgress('Importing customers');
  const sources = await openAll(examples.map((file) => resolve(file)));
  try {
    const shape = factShape(await contractsOf(wire));
    const rules = { shape, at: wire.now().toISOString() };
    const report = await importFiles(sources, rules, {
      async keep(patches) {
        signal.throwIfAborted();
        return await upsertProfiles(wire.db, patches);
      },
      onError: (source, { line, column, reason }) => {
        process.stderr.write(`  ${source}:${line}: ${column ?? 'row'}: ${reason}\n`);
      },
      onProgress: (read, all) => importing.update(Math.ceil(read / 1024), Math.ceil(all / 1024)),
    });
    importing.end(`${report.goodRows} of ${report.rows} rows from ${sources.length} files`);
  } finally {
    for (const source of sources) await source.close();
  }
}
