import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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

  test('tells who got what', async () => {
    const told = await dearly('campaign', 'history', 'yearly-statement', '--profile', 'NL-100001', '--json');
    expect(told).toMatchObject({ code: 0 });
    const row = lastJson(told.stdout);
    expect(row).toMatchObject({ externalId: 'NL-100001', state: 'accepted', pack: { name: 'statement' } });
    expect(row.steps.map((it: { state: string }) => it.state)).toEqual([
      'planned',
      'claimed',
      'handoff',
      'accepted',
    ]);
  });

  test('tells what came of it, as CSV and pictures, too', async () => {
    const csv = join(folder, 'funnel.csv');
    const told = await dearly(
      'campaign',
      'report',
      'yearly-statement',
      '--json',
      '--csv',
      csv,
      '--svg',
      folder,
    );
    const files = [csv, join(folder, 'funnel.svg')];
    const stderr = files.map((file) => `  Written: ${file}\n`).join('');
    expect(told).toMatchObject({ code: 0, stderr });
    const { funnel } = lastJson(told.stdout);
    expect(funnel.steps[0]).toMatchObject({ step: 'planned', people: 250 });
    expect(await readFile(csv, 'utf8')).toContain(',accepted,');
    expect(await readFile(join(folder, 'funnel.svg'), 'utf8')).toContain(
      '<title id="title">yearly-statement',
    );
  });

  test('looks ahead over everybody, and sends nothing', async () => {
    const before = sink.messages.length;
    const list = join(folder, 'left-out.ndjson');
    const plan = await dearly(
      'campaign',
      'plan',
      'examples/campaigns/monthly-offer.yaml',
      '--list',
      list,
      '--json',
    );
    expect(plan).toMatchObject({ code: 0 });
    const { people, reached, skipped, sampled, duration, waits } = lastJson(plan.stdout);
    expect(sampled).toBeGreaterThan(0);
    expect(duration).toMatchObject({ limitedBy: 'per_domain' });
    expect(waits['local-time'].people).toBe(reached);
    const leftOut = (await readFile(list, 'utf8')).trim().split('\n').map(lastJson);
    expect(leftOut).toHaveLength(people - reached);
    expect(leftOut.filter((it) => it.reason === 'holdout')).toHaveLength(skipped.holdout);
    expect(sink.messages).toHaveLength(before);
  });

  test('with a schedule is put down, listed and taken off', async () => {
    const put = await dearly('campaign', 'run', 'examples/campaigns/monthly-offer.yaml', '--json');
    expect(put).toMatchObject({ code: 0 });
    const { next } = lastJson(put.stdout);
    expect(next).toHaveLength(3);
    expect(lastJson((await dearly('campaign', 'list', '--json')).stdout)).toMatchObject({
      scheduled: [{ name: 'monthly-offer', nextAt: next[0] }],
      runs: [{ name: 'yearly-statement', state: 'completed', open: 0 }],
    });
    // Nobody is there to ask, so nothing is cancelled.
    expect((await dearly('campaign', 'cancel', 'monthly-offer')).code).toBe(2);
    expect(lastJson((await dearly('campaign', 'cancel', 'monthly-offer', '--yes', '--json')).stdout)).toEqual(
      {
        run: null,
        changed: 0,
        schedule: true,
      },
    );
  });

  test('a broken file: what is wrong in it and what is not there, each with its line; exit 3, nothing sent', async () => {
    const file = join(folder, 'broken.yaml');
    await writeFile(
      file,
      'name: broken\npack: nowhere\nsendr: nordlicht\nthrottle:\n  per_second: fast\nschedule: {cron: 0 9 31 2 *}\n',
    );
    const before = sink.messages.length;
    const { code, stderr } = await dearly('campaign', 'run', file);
    expect(code).toBe(3);
    expect(stderr.split('\n').slice(1, -1)).toEqual([
      expect.stringContaining(`${file}:1: sender: `),
      expect.stringContaining(`${file}:2: pack: nowhere does not stand in packs; there is offer, statement`),
      expect.stringContaining(`${file}:3: sendr: no such field`),
      expect.stringContaining(`${file}:5: throttle.per_second: `),
      expect.stringContaining(`${file}:6: schedule.cron: never comes`),
    ]);
    expect(sink.messages).toHaveLength(before);
    expect(await dearly('campaign', 'status', 'broken')).toMatchObject({ code: 3 });
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
