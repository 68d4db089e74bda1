import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identifyProcess, isRunning } from '../../../src/adapters/process-identity.ts';
import { speechCommand } from '../../../src/adapters/speech/speech-command.ts';
import { level, openStudio, tone, wave } from '../../support/sound.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dearly-speech-'));
  await writeFile(join(folder, 'spoken.wav'), wave(tone(0.2, 440)));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const live = () => new AbortController().signal;

/** A real program; `{lang}` is filled in by us. */
async function program(name: string, source: string, args = '{lang}'): Promise<string> {
  const path = join(folder, `${name}.mjs`);
  await writeFile(path, `import fs from 'node:fs';\nconst folder = ${JSON.stringify(folder)};\n${source}`);
  return `${process.execPath} ${path} ${args}`;
}

const speak = `
const words = fs.readFileSync(0, 'utf8');
fs.writeFileSync(folder + '/heard.json', JSON.stringify({ words, args: process.argv.slice(2) }));
process.stdout.write(fs.readFileSync(folder + '/spoken.wav'));
`;

test('words go in by stdin as they are, and nowhere else', async () => {
  const command = await program('speak', speak, '-v {lang} --as {voice}');
  const words = `$(touch ${folder}/planted); --output=x "Anna" 'O’Hara' 😀 שלום\n`;
  const said = await speechCommand({ command, voice: undefined }).speak(words, 'de-AT', live());
  expect(Buffer.compare(said, wave(tone(0.2, 440)))).toBe(0);
  expect(JSON.parse(await readFile(join(folder, 'heard.json'), 'utf8'))).toEqual({
    words,
    args: ['-v', 'de-AT', '--as', 'de-AT'],
  });
  expect(await readdir(folder)).not.toContain('planted');
});

test('a language that is none never becomes an argument', async () => {
  const command = await program('speak', speak);
  await speechCommand({ command, voice: undefined }).speak('Hallo', '--help; x', live());
  expect(JSON.parse(await readFile(join(folder, 'heard.json'), 'utf8'))).toEqual({
    words: 'Hallo',
    args: ['en'],
  });
});

const pid = async () => {
  for (;;) {
    const text = await readFile(join(folder, 'pid'), 'utf8').catch(() => '');
    if (text !== '') return Number(text);
    await new Promise((resolve) => setImmediate(resolve));
  }
};
const hang = `fs.writeFileSync(folder + '/pid', String(process.pid)); setInterval(() => {}, 1000);`;

test('is killed when it is not wanted any more', async () => {
  await rm(join(folder, 'pid'), { force: true });
  const end = new AbortController();
  const saying = speechCommand({ command: await program('hang', hang), voice: undefined }).speak(
    'a',
    'de',
    end.signal,
  );
  const identity = await identifyProcess(await pid());
  end.abort(new Error('enough'));
  await expect(saying).rejects.toThrow('enough');
  expect(identity !== undefined && (await isRunning(identity))).toBe(false);
});

test('is killed when it takes too long', async () => {
  const command = await program('hang', hang);
  const saying = speechCommand({ command, voice: undefined, timeoutMs: 300 }).speak('a', 'de', live());
  await expect(saying).rejects.toMatchObject({ code: 'speech-unavailable', retry: 'later' });
});

test('is killed when it does not stop talking', async () => {
  const source = `const pour = () => process.stdout.write(Buffer.alloc(65536), pour); pour();`;
  const command = await program('pour', source);
  const saying = speechCommand({ command, voice: undefined, limitBytes: 500_000 }).speak('a', 'de', live());
  await expect(saying).rejects.toMatchObject({
    code: 'speech-refused',
    message: expect.stringContaining('500000'),
  });
});

test.each([
  ['ends with a fault', 'process.exit(3);', 'speech-refused'],
  ['writes something else', `process.stdout.write('x'.repeat(100));`, 'speech-refused'],
])('a program that %s', async (name, source, code) => {
  const command = await program(name.replaceAll(' ', '-'), source);
  await expect(speechCommand({ command, voice: undefined }).speak('a', 'de', live())).rejects.toMatchObject({
    code,
  });
});

test('a program that is not there', async () => {
  const saying = speechCommand({ command: '/nowhere/espeak-ng', voice: undefined }).speak('a', 'de', live());
  await expect(saying).rejects.toMatchObject({ code: 'speech-unavailable' });
});

const hasEspeak = (() => {
  try {
    execFileSync('espeak-ng', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!hasEspeak)('espeak-ng (skipped where it is not installed)', async () => {
  const { hear, close } = await openStudio({});
  try {
    const speech = speechCommand({ command: 'espeak-ng', voice: undefined });
    const german = await hear(await speech.speak('Hallo Anna, das war Ihr Jahr mit Strom.', 'de', live()));
    expect(german.left.length / 48_000).toBeGreaterThan(1.5);
    expect(level(german, 0.3, 1.2)).toBeGreaterThan(0.02);
    const italian = await speech.speak('Hallo Anna, das war Ihr Jahr mit Strom.', 'it', live());
    expect(italian.length / 4).not.toBe(german.left.length);
  } finally {
    await close();
  }
});
