import { Command } from 'commander';
import { cancelCommand } from './cancel.ts';
import { historyCommand } from './history.ts';
import { listCommand } from './list.ts';
import { planCommand } from './plan.ts';
import { reportCommand } from './report.ts';
import { runCommand } from './run.ts';
import { statusCommand } from './status.ts';
import { pauseCommand, resolveCommand, resumeCommand, retryFailedCommand } from './steer.ts';

export function campaignCommand(): Command {
  const campaign = new Command('campaign')
    .description('send a campaign to its whole audience: look ahead, start, steer, see what came of it')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run dearly -- campaign plan examples/campaigns/statement.yaml
  $ npm run dearly -- campaign run examples/campaigns/statement.yaml
  $ npm run dearly -- campaign status yearly-statement --watch
  $ npm run dearly -- campaign report yearly-statement`,
    );
  for (const verb of [
    planCommand(),
    runCommand(),
    statusCommand(),
    pauseCommand(),
    resumeCommand(),
    cancelCommand(),
    retryFailedCommand(),
    resolveCommand(),
    reportCommand(),
    historyCommand(),
    listCommand(),
  ]) {
    campaign.addCommand(verb);
  }
  return campaign;
}
