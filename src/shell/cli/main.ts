#!/usr/bin/env node
// Enters: a command line. Leaves: one verb's exit code. Never: the work itself; each verb is a file beside this one.
import { Command, CommanderError } from 'commander';
import { exits } from './perform.ts';
import { verbs } from './verbs.ts';

// `… | head` closes our output early; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exits.done);
});

const asked = verbs.get(process.argv[2] ?? '');

const hint = 'Add --help for what this verb takes.';

const program = new Command('dearly')
  .description('Personal emails, videos and microsites from customer profiles.')
  // What follows a verb is the verb's: `render` and the verbs below it have options of the same names.
  .enablePositionalOptions()
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

for (const load of asked === undefined ? verbs.values() : [asked]) program.addCommand(await load());
throwInsteadOfExit(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Help and version are thrown too, with 0.
  process.exitCode = error.exitCode === 0 ? exits.done : exits.usage;
}

function throwInsteadOfExit(command: Command): void {
  // Verbs that are added inherit neither.
  command.exitOverride().showHelpAfterError(hint);
  for (const verb of command.commands) throwInsteadOfExit(verb);
}
