import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { verbs } from '../../../src/shell/cli/verbs.ts';

function* allOf(command: Command): Generator<Command> {
  yield command;
  for (const verb of command.commands) yield* allOf(verb);
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  return text;
}

/** What stands behind `npm run dearly --`, without comments, redirections and the like. */
function commandsIn(text: string): string[] {
  const lines = [...text.matchAll(/npm run dearly -- +(\w[^\n`]*)/g)].map(([, line = '']) => line);
  return lines.map((line) => line.split(/\s+#|\s{2,}| [>|&] ?|\s*…\s*$/)[0] ?? '');
}

/** As the command line takes it, but for the work. @throws what commander says, such as an unknown option */
async function parse(line: string): Promise<void> {
  const [verb = '', ...words] = line.replaceAll(/'[^']*'/g, (it) => it.replaceAll(' ', '_')).split(' ');
  let command = await verbs.get(verb)?.();
  for (let below = command; below !== undefined; ) {
    command = below;
    below = command.commands.find((it) => it.name() === words[0]);
    if (below) words.shift();
  }
  if (command === undefined) throw new Error(`there is no verb ${verb}`);
  const { operands, unknown } = command.exitOverride().parseOptions(words);
  expect(unknown, line).toEqual([]);
  const expected = command.registeredArguments;
  expect(operands.length, line).toBeGreaterThanOrEqual(expected.filter((it) => it.required).length);
  if (!expected.some((it) => it.variadic)) expect(operands.length, line).toBeLessThanOrEqual(expected.length);
}

test('every verb, and every verb below it, has examples that the command line takes', async () => {
  for (const load of verbs.values()) {
    for (const verb of allOf(await load())) {
      const help = helpOf(verb);
      expect(help, verb.name()).toMatch(/^Examples?:$/m);
      for (const line of commandsIn(help)) await parse(line);
    }
  }
});

test('what README and docs say to type is taken, too', async () => {
  const docs = (await readdir('docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name));
  const texts = await Promise.all(['README.md', ...docs].map((file) => readFile(file, 'utf8')));
  const lines = texts.flatMap(commandsIn);
  expect(lines.length).toBeGreaterThan(20);
  for (const line of lines) await parse(line);
});

test.each(['render NL-1 --chanel email', 'sing', 'import'])('%s would be noticed', async (line) => {
  await expect(parse(line)).rejects.toThrow();
});
