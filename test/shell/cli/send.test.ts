import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../support/database.ts';
import { openSink, type Sink, smtpError } from '../../support/smtp-sink.ts';

let made: Awaited<ReturnType<typeof testDatabase>>;
let folder: string;
let sink: Sink;

beforeAll(async () => {
  made = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'dearly-send-'));
  sink = await openSink({ atRcpt: (to) => (to.startsWith('full') ? smtpError(452, 'mailbox full') : null) });
});
afterAll(async () => {
  await sink.close();
  await made.drop();
  await rm(folder, { recursive: true });
});

/** Without a terminal, as in a script. */
function send(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = {
    ...process.env,
    DATABASE_URL: made.url,
    DEARLY_DATA_DIR: folder,
    SMTP_URL: sink.url,
    NODE_ENV: undefined,
  };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['src/shell/cli/main.ts', 'send', ...args],
      { env },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
  });
}

test('says what would be sent, and sends when told so', async () => {
  const asked = await send('--to', 'me@example.org', '--sample', 'chiara-credit', '--lang', 'en');
  expect(asked).toMatchObject({ code: 0 });
  expect(asked.stdout).toMatch(/^subject +\[Proof\] Chiara, /m);
  expect(asked.stderr).toContain('this is a dry run. Add --yes');
  expect(sink.messages).toHaveLength(0);

  const sent = await send('--to', 'me@example.org', '--yes');
  expect(sent).toMatchObject({ code: 0 });
  expect(sent.stdout).toMatch(/^accepted /m);
  expect(sink.messages.map(({ to }) => to)).toEqual(['me@example.org']);
});

test('a server that does not take it: exit 1, with what it said', async () => {
  const { code, stderr } = await send('--to', 'full@example.org', '--yes');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^deferred +.*452/m);
});

test.each([
  ['no address', [], 2],
  ['two addresses', ['--to', 'a@example.org', '--to', 'b@example.org'], 2],
  ['a list', ['--to', 'a@example.org,b@example.org'], 2],
  ['two people', ['--to', 'a@example.org', '--sample', 'ada-credit', '--profile', 'NL-1'], 2],
  ['no language', ['--to', 'a@example.org', '--lang', '???'], 2],
  ['a language that the pack lacks', ['--to', 'a@example.org', '--lang', 'fr'], 3],
  ['a sample that is not there', ['--to', 'a@example.org', '--sample', 'nobody'], 3],
  ['a profile that is not there', ['--to', 'a@example.org', '--profile', 'NL-0'], 3],
  ['a pack that is not there', ['--to', 'a@example.org', '--pack', 'nowhere'], 3],
])('%s', async (_, args, code) => {
  expect((await send(...args)).code).toBe(code);
});
