import { Command } from 'commander';
import { perform } from '../perform.ts';
import type { DemoOptions } from './demo.ts';

export function demoCommand(): Command {
  return new Command('demo')
    .option('--once', 'check the result and end, instead of staying up')
    .option('--json', 'end with one JSON line on stdout')
    .description('the whole river with 250 made-up customers: import, campaign, inbox, microsites, a video')
    .addHelpText('after', '\nExamples:\n  $ npm run demo\n  $ npm run demo -- --once --json')
    .action((options: DemoOptions) =>
      perform(async (context) => {
        // Before the rest of the house is loaded, which takes a moment: somebody is waiting.
        process.stderr.write(
          '\n  Dearly: personal emails, videos and microsites for 250 customers of Nordlicht Energie\n\n',
        );
        const { demo } = await import('./demo.ts');
        return await demo(context, options);
      }),
    );
}
