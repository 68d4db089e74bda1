import { Command, InvalidArgumentError } from 'commander';
import { extendLinks, listLinks, revokeLinks } from '../../adapters/postgres/links.ts';
import { type Named, whichLinks } from '../which-links.ts';
import { exits, perform } from './perform.ts';

type Options = Omit<Named, 'link' | 'snapshot'>;

export function linkCommand(): Command {
  const command = new Command('link')
    .description('look at the links of messages, end them, or let them live longer')
    .addHelpText(
      'afterAll',
      `
LINK is an address out of a message, or a snapshot's id. All links of one message live and end together.

Examples:
  $ npm run dearly -- link show --profile NL-100001
  $ npm run dearly -- link revoke https://example.com/s/AbC…
  $ npm run dearly -- link revoke --run yearly-statement
  $ npm run dearly -- link extend --run yearly-statement --days 90`,
    );
  const verb = (name: string, description: string) =>
    command
      .command(name)
      .argument('[link]')
      .option('--profile <id>', 'all that one customer was sent')
      .option('--run <run>', "all that a run sent: its id, or a campaign's name for its newest")
      .description(description);
  verb('show', 'when they end')
    .option('--json', 'as JSON, one line')
    .action((link: string | undefined, options: Options & { json?: boolean }) =>
      perform(async ({ openWire }) => {
        const wire = await openWire();
        const found = await listLinks(wire.db, await whichLinks(namedBy(link, options), wire), 100);
        if (options.json) process.stdout.write(`${JSON.stringify(found)}\n`);
        else {
          for (const it of found.links) {
            const end = it.revokedAt === null ? `until ${it.expiresAt}` : `revoked ${it.revokedAt}`;
            process.stdout.write(`${it.snapshot}  made ${it.madeAt}  ${end}  ${it.campaign ?? it.pack}\n`);
          }
          if (found.links.length < found.total)
            process.stderr.write(`The newest ${found.links.length} of ${found.total}.\n`);
        }
        return found.total > 0 ? exits.done : exits.failed;
      }),
    );
  verb('revoke', 'end them now, for good; unsubscribing goes on working').action(
    (link: string | undefined, options: Options) =>
      perform(async ({ openWire }) => {
        const wire = await openWire();
        const count = await revokeLinks(wire.db, await whichLinks(namedBy(link, options), wire));
        process.stderr.write(`The links of ${count} ${count === 1 ? 'message' : 'messages'} are over.\n`);
        return exits.done;
      }),
  );
  verb('extend', 'let them live longer; those that were revoked stay so')
    .requiredOption('--days <days>', 'from now on', readDays)
    .action((link: string | undefined, options: Options & { days: number }) =>
      perform(async ({ openWire }) => {
        const wire = await openWire();
        const until = new Date(wire.now().getTime() + options.days * 86_400_000);
        const count = await extendLinks(wire.db, await whichLinks(namedBy(link, options), wire), until);
        process.stderr.write(
          `The links of ${count} ${count === 1 ? 'message' : 'messages'} live until ${until.toISOString()}.\n`,
        );
        return exits.done;
      }),
    );
  return command;
}

function namedBy(link: string | undefined, { profile, run }: Options): Named {
  const isId = link !== undefined && /^[0-9a-f-]{36}$/i.test(link);
  return { link: isId ? undefined : link, snapshot: isId ? link : undefined, profile, run };
}

function readDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days > 0 && days <= 3650) return days;
  throw new InvalidArgumentError('expected a number of days, 1 to 3650');
}
