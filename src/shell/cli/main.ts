#!/usr/bin/env node
// Enters: a command line. Leaves: one verb's exit code. Never: the work itself; each verb is a file beside this one.
import { Command, CommanderError } from 'commander';
import { campaignCommand } from './campaign/command.ts';
import { checkCommand } from './check.ts';
import { demoCommand } from './demo/command.ts';
import { doctorCommand } from './doctor.ts';
import { importCommand } from './import.ts';
import { keyCommand } from './key.ts';
import { exits } from './perform.ts';
import { previewCommand } from './preview.ts';
import { profileCommand } from './profile.ts';
import { renderCommand } from './render.ts';
import { sendCommand } from './send.ts';
import { serveCommand } from './serve.ts';
import { triggerCommand } from './trigger.ts';
import { webhookCommand } from './webhook.ts';
import { workerCommand } from './worker.ts';

// `… | head` closes our output early; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exits.done);
});

const program = new Command('dearly')
  .description('Personal emails, videos and microsites from customer profiles.')
  // What follows a verb is the verb's: `render` and the verbs below it have options of the same names.
  .enablePositionalOptions()
  .showHelpAfterError('Add --help for what this verb takes.')
  .configureOutput({
    writeOut: (text) => process.stdout.write(text),
    writeErr: (text) => process.stderr.write(text),
  })
  .addHelpText(
    'after',
    `
Examples:
  $ npm run demo                                               everything, with made-up customers
  $ npm run dearly -- import customers.csv readings.ndjson     customers in
  $ npm run dearly -- campaign run examples/campaigns/statement.yaml
  $ npm run dearly -- render NL-100001 --channel email,video   one person
  $ npm run dearly -- serve                                    pages, API and workers

Exit codes: 0 done, 1 failed, 2 usage, 3 invalid input, 4 partly done, 130 interrupted.
docs/errors.md explains every error code.`,
  );

for (const verb of [
  demoCommand(),
  serveCommand(),
  workerCommand(),
  checkCommand(),
  previewCommand(),
  importCommand(),
  campaignCommand(),
  renderCommand(),
  sendCommand(),
  profileCommand(),
  keyCommand(),
  triggerCommand(),
  webhookCommand(),
  doctorCommand(),
]) {
  program.addCommand(verb);
}
throwInsteadOfExit(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Help and version are thrown too, with 0.
  process.exitCode = error.exitCode === 0 ? exits.done : exits.usage;
}

function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  for (const verb of command.commands) throwInsteadOfExit(verb);
}
