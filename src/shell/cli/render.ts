import { randomUUID } from 'node:crypto';
import { Command, InvalidArgumentError, Option } from 'commander';
import { findSnapshot } from '../../adapters/postgres/find-snapshot.ts';
import { type Channel, type Rendered, renderOne } from '../../run/render-one.ts';
import type { VideoState } from '../../run/video/make-video.ts';
import type { Format } from '../../template/composition.ts';
import type { Wire } from '../wire.ts';
import { drawHere } from './draw-here.ts';
import { exits, perform } from './perform.ts';
import { pdfCommand } from './render-pdf.ts';
import {
  addPersonOptions,
  formatOption,
  namesOnePerson,
  type PersonOptions,
  personRequest,
} from './render-person.ts';
import { renderPlanCommand } from './render-plan.ts';
import { captionsCommand, gifCommand, posterCommand, sheetCommand } from './render-stills.ts';
import { renderVideoCommand } from './render-video.ts';

const channels = ['email', 'site', 'video', 'poster', 'pdf'] as const;

interface Options extends PersonOptions {
  channel: Channel[];
  format?: Format;
  deliver?: boolean;
  json?: boolean;
}

export function renderCommand(): Command {
  const command = new Command('render')
    .description('make everything for one person and give the links; or one file of it, or a plan for many')
    // A verb below has options of the same names, and they are its own.
    .enablePositionalOptions()
    .argument('[profile]', "the customer's number, or a profile's id");
  addPersonOptions(command)
    .addOption(
      new Option('--channel <names>', channels.join(', '))
        .argParser(readChannels)
        .default([...channels], 'all'),
    )
    .addOption(formatOption())
    .option('--deliver', 'send the email, too')
    .option('--json', 'one JSON line on stdout')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run dearly -- render NL-100001
  $ npm run dearly -- render NL-100001 --channel email,video --json
  $ npm run dearly -- render --data templates/statement/samples/ada-credit.json
  $ npm run dearly -- render video --profile NL-100001 --format 9:16 --out film.mp4
  $ npm run dearly -- render plan examples/campaigns/statement.yaml
  $ SMTP_URL=smtp://127.0.0.1:1025 npm run dearly -- render NL-100001 --channel email --deliver

The links work while \`dearly serve\` runs.`,
    )
    .action((profile: string | undefined, options: Options) =>
      perform(async ({ openWire, signal }) => {
        const who = { ...options, ...(profile !== undefined && { profile }) };
        if (!namesOnePerson(who)) return exits.usage;
        const wire = await openWire();
        const { channel, format, deliver } = options;
        const asked = { channels: channel, format, deliver, occurrence: randomUUID() };
        const rendered = await renderOne({ ...(await personRequest(who, wire)), ...asked }, wire);
        const video = await finish(rendered, wire, signal);
        if (options.json)
          process.stdout.write(`${JSON.stringify({ ...rendered, ...(video && { video }) })}\n`);
        else print(rendered);
        if (video?.state === 'failed') return exits.partlyDone;
        return rendered.delivery === undefined || rendered.delivery.state === 'accepted'
          ? exits.done
          : exits.partlyDone;
      }),
    );
  for (const verb of [
    renderVideoCommand(),
    posterCommand(),
    gifCommand(),
    sheetCommand(),
    captionsCommand(),
    pdfCommand(),
    renderPlanCommand(),
  ]) {
    command.addCommand(verb);
  }
  return command;
}

/** Whoever types the command waits for the film, whether or not a worker runs elsewhere. */
async function finish(
  { id, video, format }: Rendered,
  wire: Wire,
  signal: AbortSignal,
): Promise<VideoState | undefined> {
  if (video?.state !== 'making' || format === undefined) return video;
  const found = await findSnapshot(wire.db, id, wire.now());
  return found === null ? { state: 'absent' } : await drawHere(found.snapshot, format, wire, signal);
}

function print({ links, email, delivery }: Rendered): void {
  const { pictures, confirm, ...own } = links;
  const all = { ...own, ...(confirm !== null && { confirm }), ...pictures };
  const say = (name: string, text: string) => process.stdout.write(`${name.padEnd(12)} ${text}\n`);
  for (const [name, url] of Object.entries(all)) say(name, url);
  if (email) say('subject', email.subject);
  if (delivery) say('delivery', delivery.state);
}

function readChannels(text: string): Channel[] {
  const names = text.split(',').map((name) => name.trim());
  for (const name of names) {
    if (!channels.some((channel) => channel === name))
      throw new InvalidArgumentError(`expected ${channels.join(', ')}, not ${name}`);
  }
  return names as Channel[];
}
