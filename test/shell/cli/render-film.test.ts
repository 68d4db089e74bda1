import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeVideo } from '../../../src/adapters/ffmpeg/decode-video.ts';
import { openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { upsertProfiles } from '../../../src/adapters/postgres/upsert-profiles.ts';
import { testDatabase } from '../../support/database.ts';

// A pack and a composition as small as they can be: two scenes of six frames, one of them shared by all.
const cwd = resolve('test/fixtures/small-house');
const main = resolve('src/shell/cli/main.ts');
const ada = ['--data', 'ada.json', '--pack', 'hello'];

let made: Awaited<ReturnType<typeof testDatabase>>;
let folder: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  made = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'dearly-film-'));
  await mkdir(join(folder, 'out'));
  env = {
    ...process.env,
    DATABASE_URL: made.url,
    // Kept from run to run, so that the browser is unpacked and the scenes are built once.
    DEARLY_DATA_DIR: resolve('.dearly/tests'),
    DEARLY_STORAGE_URL: pathToFileURL(join(folder, 'store')).href,
    NODE_ENV: undefined,
    FORCE_COLOR: undefined,
  };
});
afterAll(async () => {
  await made.drop();
  await rm(folder, { recursive: true, force: true });
});

const out = (name: string) => join(folder, 'out', name);
const left = () => readdir(join(folder, 'out'));

function render(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((done) => {
    execFile(process.execPath, [main, 'render', ...args], { cwd, env }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe('video', () => {
  test('a person’s film, in the format asked for; what was drawn is not drawn again', async () => {
    const first = await render('video', ...ada, '--format', '9:16', '--out', out('ada.mp4'), '--json');
    expect(first.stderr).toContain('Drawing the film');
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({
      file: out('ada.mp4'),
      format: '9:16',
      width: 720,
      height: 1280,
      frames: 12,
      drawnFrames: 12,
      durationSeconds: 0.4,
    });
    expect(await decodeVideo(out('ada.mp4'))).toMatchObject({ width: 720, height: 1280, frames: 12 });

    // By number this time: the person is known now. The opening is everybody's.
    await writeFile(out('ada.mp4'), 'old');
    const again = await render(
      'video',
      '--profile',
      'S-1',
      ...ada.slice(2),
      '--format',
      '9:16',
      '--out',
      out('ada.mp4'),
    );
    expect(again).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/ada\.mp4: 9:16, 720×1280, 0\.4 s, \d+ KB\n$/),
    });
    expect(again.stderr).toContain('12 of them kept');
    expect(await left()).toEqual(['ada.mp4']);
  }, 180_000);

  test.for([
    ['nobody', ['--out', 'x.mp4'], 2, 'Name one person'],
    ['two people', ['S-1', ...ada, '--out', 'x.mp4'], 2, 'Name one person'],
    [
      'a format that there is not',
      [...ada, '--format', '4:3', '--out', 'x.mp4'],
      2,
      'expected 16:9, 1:1, 9:16',
    ],
    ['a format that the film lacks', [...ada, '--format', '1:1', '--out', 'x.mp4'], 3, 'it has 16:9, 9:16'],
    ['a folder', [...ada, '--out', '.'], 3, 'is a folder'],
    ['somebody unknown', ['S-0', '--pack', 'hello', '--out', 'x.mp4'], 3, 'no profile S-0'],
    [
      'a pack that is not there',
      [...ada.slice(0, 2), '--pack', 'gone', '--out', 'x.mp4'],
      3,
      'No pack "gone"',
    ],
  ] as const)('refused, with what to do: %s', async ([, args, code, why]) => {
    const refused = await render('video', ...args);
    expect([refused.code, refused.stdout]).toEqual([code, '']);
    expect(refused.stderr).toContain(why);
    expect(await readdir(cwd)).not.toContain('x.mp4');
  });

  test('Ctrl-C ends it with 130 and leaves nothing', async () => {
    const before = await left();
    const args = ['render', 'video', ...ada, '--format', '16:9', '--out', out('cut.mp4')];
    const child = spawn(process.execPath, [main, ...args], { cwd, env });
    const ended = once(child, 'exit');
    await saying(child, 'Drawing the film');
    child.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
    expect(await left()).toEqual(before);
  }, 60_000);
});

describe('stills and words', () => {
  test('poster, GIF and sheet', async () => {
    const who = ['--profile', 'S-1', '--pack', 'hello'];
    for (const [verb, file, format] of [
      ['poster', 'poster.jpg', 'jpeg'],
      ['gif', 'teaser.gif', 'gif'],
      ['sheet', 'sheet.webp', 'webp'],
    ] as const) {
      const drawn = await render(verb, ...who, '--out', out(file), '--json');
      expect([verb, drawn.code, drawn.stderr]).toEqual([verb, 0, expect.not.stringContaining('[')]);
      expect(await sharp(out(file)).metadata()).toMatchObject({ format });
      expect(JSON.parse(drawn.stdout)).toMatchObject({ file: out(file), format: '16:9' });
    }
  }, 180_000);

  test('captions need no browser', async () => {
    const drawn = await render('captions', ...ada, '--out', out('ada.vtt'));
    expect(drawn).toMatchObject({ code: 0, stdout: `${out('ada.vtt')}: 1 KB\n` });
    expect(await readFile(out('ada.vtt'), 'utf8')).toMatch(/^WEBVTT\n[\s\S]*Ada, you have 1,234 points\./);
  });
});

describe('plan', () => {
  test('of a campaign, for people and for programs; nothing is sent', async () => {
    const ada = JSON.parse(await readFile(join(cwd, 'ada.json'), 'utf8'));
    const db = openDatabase(made.url, { maxConnections: 1 });
    try {
      await upsertProfiles(db, [
        { ...ada, externalId: 'S-2', facts: { points: 1234 } },
        { ...ada, externalId: 'S-3', facts: { points: 7 } },
        { ...ada, externalId: 'S-4', facts: { points: 8 }, email: null },
      ]);
    } finally {
      await db.destroy();
    }
    const planned = await render('plan', 'hello.yaml', '--format', '16:9,9:16', '--json');
    expect(planned.code).toBe(0);
    const plan = JSON.parse(planned.stdout);
    expect(plan).toMatchObject({
      campaign: 'hello',
      people: 4,
      films: 3,
      skipped: { 'no-address': 1 },
      failed: {},
    });
    expect(plan.formats).toMatchObject([
      { format: '16:9', frames: 36, distinctSegments: 3, distinctFrames: 18 },
      // One of them was drawn above.
      { format: '9:16', frames: 36, distinctSegments: 3, keptSegments: 2, keptFrames: 12, framesToDraw: 6 },
    ]);
    expect(plan.pace.bytesPerFrame).toBeGreaterThan(0);

    const shown = await render('plan', 'hello.yaml', '--frames-per-second', '100');
    expect(shown.code).toBe(0);
    expect(shown.stdout).toMatch(/^people +4 {2}3 films; skipped: 1 no-address$/m);
    expect(shown.stdout).toMatch(/^opening +18 +1 +6 +66 %$/m);
    expect(shown.stdout).toMatch(/^time +about \d+ s {2}100 frames a second, as you say/m);
  }, 180_000);

  test.for([
    ['no file', [], 2],
    ['a file that is not there', ['gone.yaml'], 3],
    ['a format that there is not', ['hello.yaml', '--format', '4:3'], 2],
    ['a format that the film lacks', ['hello.yaml', '--format', '1:1'], 3],
    ['a pace that is none', ['hello.yaml', '--frames-per-second', '0'], 2],
  ] as const)('refused: %s', async ([, args, code]) => {
    const refused = await render('plan', ...args);
    expect([refused.code, refused.stdout]).toEqual([code, '']);
  });
});

/** Resolves once the process has said it, however its output is cut. */
function saying(child: ChildProcess, words: string): Promise<void> {
  let said = '';
  return new Promise((done, fail) => {
    child.stderr?.on('data', (chunk) => {
      said += String(chunk);
      if (said.includes(words)) done();
    });
    child.once('exit', () => fail(new Error(`never said "${words}", but: ${said}`)));
  });
}
