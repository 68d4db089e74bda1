import { styleText } from 'node:util';
import { Command } from 'commander';
import { DearlyError } from '../../errors.ts';
import { exits, perform } from './perform.ts';

export function checkCommand(): Command {
  return new Command('check')
    .argument('[pack...]', 'packs to check; all of them when left out')
    .description('load every pack, composition and sender, and say what is wrong, with file and line')
    .addHelpText('after', '\nExamples:\n  $ npm run dearly -- check\n  $ npm run dearly -- check statement')
    .action((names: string[]) =>
      perform(async ({ openWire }) => {
        const { shelf } = await openWire();
        const wanted = names.length > 0 ? names : await shelf.names('packs');
        const isAll = names.length === 0;
        const checks: [string, () => Promise<unknown>][] = [
          ...wanted.map((name): [string, () => Promise<unknown>] => [
            `templates/${name}`,
            () => shelf.pack(name),
          ]),
          ...(isAll ? await shelf.names('compositions') : []).map(
            (name): [string, () => Promise<unknown>] => [
              `compositions/${name}`,
              () => shelf.composition(name),
            ],
          ),
          ...(isAll ? await shelf.names('senders') : []).map((name): [string, () => Promise<unknown>] => [
            `senders/${name}.yaml`,
            () => shelf.sender(name),
          ]),
        ];
        let wrong = 0;
        for (const [what, load] of checks) {
          try {
            await load();
            process.stdout.write(`${styleText('green', '✓')} ${what}\n`);
          } catch (error) {
            if (!(error instanceof DearlyError)) throw error;
            wrong++;
            process.stdout.write(`${styleText('red', '✗')} ${what}: ${error.message}\n`);
            for (const detail of error.details) process.stdout.write(`    ${detail}\n`);
          }
        }
        return wrong === 0 ? exits.done : exits.invalidInput;
      }),
    );
}
