import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../support/database.ts';
import { openSink, type Sink } from '../../support/smtp-sink.ts';

let made: Awaited<ReturnType<typeof testDatabase>>;
let folder: string;
let sink: Sink;

beforeAll(async () => {
  made = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'dearly-verbs-'));
  sink = await openSink();
});
afterAll(async () => {
  await sink.close();
  await made.drop();
  await rm(folder, { recursive: true });
});

const environment = () => ({
  ...process.env,
  DATABASE_URL: made.url,
  DEARLY_DATA_DIR: join(folder, 'data'),
  SMTP_URL: sink.url,
  NODE_ENV: undefined,
});

/** The command line as a user has it: a process of its own, with nothing but its environment. */
function dearly(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = environment();
  return new Promise((resolve) => {
    execFile(process.execPath, ['src/shell/cli/main.ts', ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

const lastJson = (stdout: string) => JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');

describe('campaign', () => {
  test('goes to everyone once; the same occurrence again goes to nobody', async () => {
    expect((await dearly('import', 'examples/customers.csv', 'examples/readings.ndjson')).code).toBe(0);
    const run = ['campaign', 'run', 'examples/campaigns/statement.yaml', '--occurrence', '2026', '--json'];
    const first = await dearly(...run);
    expect(first.stderr).not.toContain('[');
    expect(first.code).toBe(0);
    const summary = lastJson(first.stdout);
    expect(summary).toMatchObject({ profiles: 250, failed: 0, unknown: 0, open: 0 });
    const skipped = Object.values<number>(summary.skipped).reduce((sum, count) => sum + count, 0);
    expect(summary.accepted + skipped).toBe(250);
    expect(sink.messages).toHaveLength(summary.accepted);

    expect(lastJson((await dearly(...run)).stdout)).toEqual(summary);
    expect(sink.messages).toHaveLength(summary.accepted);

    const status = await dearly('campaign', 'status', 'yearly-statement');
    expect(status).toMatchObject({ code: 0 });
    expect(status.stdout).toContain('yearly-statement 2026: completed');
  }, 60_000);

  test('a broken file: every fault with its line, exit 3, nothing sent', async () => {
    const file = join(folder, 'broken.yaml');
    await writeFile(
      file,
      'name: statement\npack: statement\nsendr: nordlicht\nthrottle:\n  per_second: fast\n',
    );
    const before = sink.messages.length;
    const { code, stderr } = await dearly('campaign', 'run', file);
    expect(code).toBe(3);
    expect(stderr).toContain(`${file}:3: sendr`);
    expect(stderr).toContain(`${file}:5: throttle.per_second`);
    expect(sink.messages).toHaveLength(before);
  });

  test('a pack that is not there is told before the audience is frozen', async () => {
    const file = join(folder, 'lost.yaml');
    await writeFile(file, 'name: lost\npack: nowhere\nsender: nordlicht\n');
    expect(await dearly('campaign', 'run', file)).toMatchObject({ code: 3 });
    expect(await dearly('campaign', 'status', 'lost')).toMatchObject({ code: 3 });
  });
});

describe('render', () => {
  test('one person by id, delivered', async () => {
    const before = sink.messages.length;
    const rendered = await dearly('render', 'NL-100001', '--channel', 'email', '--deliver', '--json');
    expect(rendered.code).toBe(0);
    const { delivery, email, links } = lastJson(rendered.stdout);
    expect(delivery).toMatchObject({ state: 'accepted' });
    expect(email.html).toContain(links.site);
    expect(sink.messages).toHaveLength(before + 1);
  });

  test('one person with the data inline', async () => {
    const sample = 'templates/statement/samples/ada-credit.json';
    const rendered = await dearly('render', '--data', sample, '--channel', 'email', '--json');
    expect(rendered).toMatchObject({ code: 0 });
    expect(lastJson(rendered.stdout).email.text).toContain('Ada');
    expect((await dearly('profile', 'show', 'NL-10042')).code).toBe(0);
  });

  test.each([
    ['nobody', [], 2],
    ['somebody unknown', ['NL-0'], 3],
    ['a channel that there is none of', ['NL-100001', '--channel', 'fax'], 2],
    ['a file that is no person', ['--data', 'package.json'], 3],
  ])('%s', async (_, args, code) => {
    expect((await dearly('render', ...args)).code).toBe(code);
  });
});

describe('a worker', () => {
  test('ends in good order on Ctrl-C, which npm passes on a second time', async () => {
    const worker = spawn(process.execPath, ['src/shell/cli/main.ts', 'worker'], { env: environment() });
    const ended = once(worker, 'exit');
    await once(worker.stderr, 'data');
    worker.kill('SIGINT');
    worker.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  });
});

describe('the command line', () => {
  test.each([
    [['--help'], 0],
    [['campaign', 'run', '--help'], 0],
    [['sing'], 2],
    [['check', '--loudly'], 2],
    [['check'], 0],
    [['check', 'nowhere'], 3],
  ])('%s', async (args, code) => {
    expect((await dearly(...args)).code).toBe(code);
  });
});
