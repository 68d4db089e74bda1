import { styleText } from 'node:util';
import { Command } from 'commander';
import type { Check } from './examine.ts';
import { exits, perform } from './perform.ts';

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('say what is there, what is missing and what to do about it')
    .option('--json', 'print one JSON object instead')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run dearly -- doctor
  $ npm run dearly -- doctor --json

Exits with 0 when all that is needed is there, with 1 otherwise.`,
    )
    .action(({ json }: { json?: boolean }) =>
      perform(async ({ config }) => {
        // It looks into everything, so it loads everything: not for the sake of help.
        const { examine } = await import('./examine.ts');
        const checks = await examine(config);
        const ok = checks.every(({ state }) => state !== 'missing');
        process.stdout.write(json ? `${JSON.stringify({ ok, checks })}\n` : describeChecks(checks));
        return ok ? exits.done : exits.failed;
      }),
    );
}

const marks = {
  good: ['green', '✓'],
  note: ['yellow', '!'],
  missing: ['red', '✗'],
} as const;

/** Plain text: a line for each check, what to do indented below it, and the sum at the end. */
export function describeChecks(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, state, finding, advice }) => {
    const [colour, mark] = marks[state];
    // styleText leaves the colour out where stdout is not a terminal.
    const head = `${styleText(colour, mark, { stream: process.stdout })} ${name.padEnd(width)}  ${finding}`;
    return [head, ...advice.map((step) => `  ${' '.repeat(width)}  ${step}`)];
  });
  const wanting = checks.filter(({ state }) => state === 'missing').map(({ name }) => name.toLowerCase());
  const sum = wanting.length === 0 ? 'All that is needed is there.' : `Not ready: ${wanting.join(', ')}.`;
  return `${[...lines, '', sum].join('\n')}\n`;
}
