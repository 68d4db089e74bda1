import { Command, InvalidArgumentError } from 'commander';
import { loadSamples } from '../../adapters/packs/load-samples.ts';
import type { Receipt } from '../../deliver/transport.ts';
import { DearlyError } from '../../errors.ts';
import { emailAddress } from '../../profile/email-address.ts';
import type { Profile } from '../../profile/profile.ts';
import { campaignOf } from '../../run/render-one.ts';
import { type PreparedProof, prepareProof } from '../../run/send-proof.ts';
import type { Wire } from '../wire.ts';
import { printable } from './paint.ts';
import { exits, perform } from './perform.ts';

interface Options {
  to: string;
  pack: string;
  profile?: string;
  sample?: string;
  lang?: string;
  sender?: string;
  yes?: boolean;
}

export function sendCommand(): Command {
  return new Command('send')
    .requiredOption('--to <address>', 'your own address; one', readAddress)
    .option('--pack <name>', 'the template pack', 'statement')
    .option('--profile <id>', "whose message: the customer's number, or a profile's id")
    .option('--sample <name>', "or one of the pack's samples; its first when neither is named")
    .option('--lang <language>', "instead of the person's own", readLanguage)
    .option('--sender <name>', 'the sender; the only one there is when left out')
    .option('--yes', 'send it; without it, only say what would be sent')
    .description('send a proof to yourself, outside of campaign figures')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run dearly -- send --to you@example.com                 says what would be sent
  $ npm run dearly -- send --to you@example.com --yes           sends it
  $ npm run dearly -- send --to you@example.com --profile NL-100001 --lang it --yes

With --profile the links show that person's page for a week, while \`dearly serve\` runs; nothing behind them is counted or
changes anything. A sample's links lead to a note, and its pictures are missing. Without --yes it is a dry run: it
says what would be sent, and sends nothing.`,
    )
    .action((options: Options) =>
      perform(async ({ openWire }) => {
        if (options.profile !== undefined && options.sample !== undefined) {
          process.stderr.write('Name one person: --profile or --sample.\n');
          return exits.usage;
        }
        const wire = await openWire();
        const { to, lang = null } = options;
        const profile = await personOf(options, wire);
        const campaign = await campaignOf(options, wire);
        const isSample = options.profile === undefined;
        const proof = await prepareProof({ to, profile, isSample, lang, campaign }, wire);
        process.stdout.write(describe(proof, to));
        if (!options.yes) {
          process.stderr.write('Nothing was sent: this is a dry run. Add --yes to send it.\n');
          return exits.done;
        }
        return report(await proof.send());
      }),
    );
}

async function personOf({ profile, sample, pack }: Options, wire: Wire): Promise<Profile> {
  if (profile !== undefined) {
    const found = await wire.profiles.find(profile);
    if (found === null) throw new DearlyError('profile-missing', `There is no profile ${profile}.`);
    return found;
  }
  const samples = await loadSamples(wire.folders.packs, pack);
  const found = sample === undefined ? samples[0] : samples.find((it) => it.name === sample);
  if (found !== undefined) return found.profile;
  throw new DearlyError(
    'profile-missing',
    `The pack ${pack} has no ${sample ? `sample ${sample}` : 'samples'}.`,
    {
      details: samples.map((it) => `there is ${it.name}`),
    },
  );
}

function describe({ from, email, links }: PreparedProof, to: string): string {
  const lines: [string, string][] = [
    ['from', `${from.name} <${from.address}>`],
    ['to', to],
    ['subject', email.subject],
    ['preheader', email.preheader],
    [
      'size',
      `${(Buffer.byteLength(email.html) / 1024).toFixed(1)} KB of HTML, ${(Buffer.byteLength(email.text) / 1024).toFixed(1)} KB of text`,
    ],
    ['page', links.site],
  ];
  return lines.map(([name, value]) => `${name.padEnd(12)} ${value}\n`).join('');
}

function report(receipt: Receipt): (typeof exits)['done' | 'failed'] {
  const accepted = receipt.kind === 'accepted';
  const stream = accepted ? process.stdout : process.stderr;
  stream.write(`${receipt.kind.padEnd(12)} ${printable(receipt.response)}\n`);
  return accepted ? exits.done : exits.failed;
}

function readAddress(text: string, before: string | undefined): string {
  if (before !== undefined) throw new InvalidArgumentError('a proof goes to one address');
  if (!emailAddress.safeParse(text).success)
    throw new InvalidArgumentError('expected one bare address, such as you@example.com');
  return text;
}

function readLanguage(text: string): string {
  try {
    return new Intl.Locale(text).baseName;
  } catch {
    throw new InvalidArgumentError('expected a language such as de, en or it');
  }
}
