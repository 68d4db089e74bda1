import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { findSnapshot } from '../../adapters/postgres/find-snapshot.ts';
import type { VideoState } from '../../run/make-video.ts';
import { type Channel, renderOne } from '../../run/render-one.ts';
import { patchOf } from '../profile-body.ts';
import type { Wire } from '../wire.ts';
import { exits, perform } from './perform.ts';
import { startProgress } from './progress.ts';
import { readPerson } from './read-person.ts';

const channels = ['email', 'site', 'video', 'poster'] as const;

interface Options {
  data?: string;
  pack: string;
  composition?: string;
  sender?: string;
  channel: Channel[];
  deliver?: boolean;
  json?: boolean;
}

export function renderCommand(): Command {
  return new Command('render')
    .argument('[profile]', "the customer's number, or a profile's id")
    .option('--data <file>', 'the person as JSON instead, as in POST /v1/renders; kept as a profile')
    .option('--pack <name>', 'the template pack', 'statement')
    .option('--composition <name>', 'the composition; the one named like the pack when left out')
    .option('--sender <name>', 'the sender; the only one there is when left out')
    .addOption(
      new Option('--channel <names>', channels.join(', '))
        .argParser(readChannels)
        .default([...channels], 'all'),
    )
    .option('--deliver', 'send the email, too')
    .option('--json', 'one JSON line on stdout')
    .description('make everything for one person, and give the links')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run dearly -- render NL-100001
  $ npm run dearly -- render NL-100001 --channel email,video --json
  $ npm run dearly -- render --data templates/statement/samples/ada-credit.json
  $ SMTP_URL=smtp://127.0.0.1:1025 npm run dearly -- render NL-100001 --channel email --deliver

The links work while \`dearly serve\` runs.`,
    )
    .action((profileId: string | undefined, options: Options) =>
      perform(async ({ openWire, signal }) => {
        const inline = options.data === undefined ? undefined : await readPerson(options.data);
        if ((profileId === undefined) === (inline === undefined)) {
          process.stderr.write('Name one person: the customer’s number, or --data FILE.\n');
          return exits.usage;
        }
        const wire = await openWire();
        const { externalId, ...body } = inline ?? { externalId: '' };
        const how = { shelf: wire.shelf, at: wire.now() };
        const profile = inline && (await patchOf(externalId, body, how)).patch;
        const { pack, composition, sender, channel, deliver } = options;
        const request = {
          profileId,
          profile,
          pack,
          composition,
          sender,
          deliver,
          channels: channel,
          occurrence: randomUUID(),
        };
        const rendered = await renderOne(request, wire);
        const video =
          rendered.video?.state === 'making' ? await drawHere(rendered.id, wire, signal) : rendered.video;
        if (options.json)
          process.stdout.write(`${JSON.stringify({ ...rendered, ...(video && { video }) })}\n`);
        else {
          for (const [name, url] of Object.entries(rendered.links))
            process.stdout.write(`${name.padEnd(12)} ${url}\n`);
          if (rendered.email) process.stdout.write(`${'subject'.padEnd(12)} ${rendered.email.subject}\n`);
          if (rendered.delivery)
            process.stdout.write(`${'delivery'.padEnd(12)} ${rendered.delivery.state}\n`);
        }
        if (video?.state === 'failed') return exits.partlyDone;
        return rendered.delivery === undefined || rendered.delivery.state === 'accepted'
          ? exits.done
          : exits.partlyDone;
      }),
    );
}

/** Here and now: whoever types the command waits for it, whether or not a worker runs elsewhere. */
async function drawHere(snapshotId: string, wire: Wire, signal: AbortSignal): Promise<VideoState> {
  const found = await findSnapshot(wire.db, snapshotId, wire.now());
  if (found === null) return { state: 'absent' };
  const progress = startProgress('Drawing the video');
  let state = await wire.videos.request(found.snapshot);
  if (state.state === 'making') void wire.videos.make(state.key, signal).catch(() => {});
  while (state.state === 'making') {
    signal.throwIfAborted();
    await wait(500);
    state = await wire.videos.peek(found.snapshot);
    if (state.state === 'making') progress.update(Math.round(state.progress * 100), 100);
  }
  if (state.state === 'ready') progress.end(`${(state.sizeBytes / 1e6).toFixed(1)} MB`);
  else progress.fail();
  return state;
}

function readChannels(text: string): Channel[] {
  const names = text.split(',').map((name) => name.trim());
  for (const name of names) {
    if (!channels.some((channel) => channel === name))
      throw new InvalidArgumentError(`expected ${channels.join(', ')}, not ${name}`);
  }
  return names as Channel[];
}
