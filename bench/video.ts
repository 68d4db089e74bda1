import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createFastLane } from '../src/adapters/chromium/fast-lane/fast-lane.ts';
import { findBrowser } from '../src/adapters/chromium/find-browser.ts';
import { extractFrame } from '../src/adapters/ffmpeg/extract-frame.ts';
import { readConfig } from '../src/config.ts';
import type { Storyboard } from '../src/merge/snapshot.ts';
import { jobsOf } from '../src/render/segment-key.ts';
import { drawVideo } from '../src/run/video/draw-video.ts';
import { openWire, type Wire } from '../src/shell/wire.ts';
import { ssim } from '../test/support/ssim.ts';
import { exampleFilms } from './people/example-people.ts';
import { openRenderMedia, type RenderMediaResult } from './yardsticks/render-media.ts';

export const title =
  'The statement’s film for 200 of the example customers, from an empty cache, against renderMedia on three of them.';

const customers = 200;
const referenceCustomers = 3;
const format = '16:9';
/** Films under way: enough that no page waits for one of them to be joined. */
const atOnce = 4;
const framesPerScene = 10;

export async function measure(): Promise<Record<string, number>> {
  const films = await exampleFilms(customers);
  const folder = await mkdtemp(join(tmpdir(), 'dearly-bench-'));
  // The embedded database's own user has to get in.
  await chmod(folder, 0o755);
  const config = readConfig({ ...process.env, DEARLY_DATA_DIR: join(folder, 'data') });
  const wire = await openWire(config);
  try {
    const [first] = films;
    if (first === undefined) throw new Error('there are no films');
    say('warming up');
    const lane = await wire.draw.laneFor(first);
    for (const job of jobsOf(first, format).slice(0, 2)) await lane.still(job, 0);

    say(`drawing ${customers} films`);
    const start = performance.now();
    const own = await drawAll(films, wire, folder);
    const secondsPerCustomer = since(start) / customers;

    say('the fast lane alone, nothing kept');
    const laneFramesPerSecond = await measureLane(first, config);

    say(`renderMedia, ${referenceCustomers} films`);
    const reference = await renderReference(films.slice(0, referenceCustomers), wire, folder);
    const referenceSeconds = reference.films.reduce((sum, it) => sum + it.seconds, 0);
    const referenceSecondsPerCustomer = referenceSeconds / referenceCustomers;
    const referenceFramesPerSecond =
      reference.films.reduce((sum, it) => sum + it.frames, 0) / referenceSeconds;

    say('comparing pictures');
    const sums = { own: 0, reference: 0 };
    for (const [index, film] of reference.films.entries()) {
      sums.own += own[index]?.sizeBytes ?? 0;
      sums.reference += film.sizeBytes;
    }
    return {
      customers,
      secondsPerCustomer: rounded(secondsPerCustomer, 3),
      referenceSecondsPerCustomer: rounded(referenceSecondsPerCustomer, 2),
      ratio: rounded(referenceSecondsPerCustomer / secondsPerCustomer, 1),
      laneRatio: rounded(laneFramesPerSecond / referenceFramesPerSecond, 2),
      ssimMin: rounded(await lowestSsim(first, own[0]?.path ?? '', reference.films[0]), 4),
      bytesRatio: rounded(sums.own / sums.reference, 2),
      laneFramesPerSecond: rounded(laneFramesPerSecond, 1),
      referenceFramesPerSecond: rounded(referenceFramesPerSecond, 1),
      referenceConcurrency: reference.concurrency,
      drawnFramesPerCustomer: rounded(own.reduce((sum, it) => sum + it.drawnFrames, 0) / customers, 1),
      framesPerCustomer: framesOf(first),
    };
  } finally {
    await wire.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface OwnFilm {
  readonly sizeBytes: number;
  readonly drawnFrames: number;
  /** Only of the first few, which are looked at. */
  readonly path?: string;
}

/** As a worker does it: drawn, joined, kept. */
async function drawAll(films: readonly Storyboard[], wire: Wire, folder: string): Promise<OwnFilm[]> {
  const drawn: OwnFilm[] = [];
  const rest = films.entries();
  const work = async () => {
    for (const [index, film] of rest) {
      const { key, bytes, ...facts } = await drawVideo(film, { format }, wire.draw);
      await wire.store.put(key, bytes, 'video/mp4');
      const path = index < referenceCustomers ? join(folder, `own-${index}.mp4`) : undefined;
      if (path) await writeFile(path, bytes);
      drawn[index] = { ...facts, ...(path && { path }) };
      if ((index + 1) % 20 === 0) say(`  ${index + 1}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return drawn;
}

interface Reference {
  /** Pages side by side: what was fastest for the first film. */
  readonly concurrency: number;
  readonly films: readonly RenderMediaResult[];
}

/** The first film at every concurrency, the others at the best of them. */
async function renderReference(
  films: readonly Storyboard[],
  { config, draw }: Wire,
  folder: string,
): Promise<Reference> {
  const renderMedia = await openRenderMedia({
    browserPath: async () => (await findBrowser(config)).path,
    dataDir: config.dataDir,
    compositionsDir: resolve('compositions'),
  });
  try {
    const render = async (film: Storyboard, concurrency: number, name: string) => {
      const sound = await draw.sounds.get(film);
      return renderMedia.render(film, { format, out: join(folder, `${name}.mp4`), concurrency, sound });
    };
    const [first, ...others] = films;
    if (first === undefined) throw new Error('there are no films');
    let best: { readonly concurrency: number; readonly film: RenderMediaResult } | undefined;
    for (const concurrency of [1, availableParallelism()]) {
      const film = await render(first, concurrency, `reference-0-${concurrency}`);
      say(`  ${concurrency} pages: ${(film.frames / film.seconds).toFixed(1)} frames a second`);
      if (best === undefined || film.seconds < best.film.seconds) best = { concurrency, film };
    }
    if (best === undefined) throw new Error('nothing was tried');
    const drawn = [best.film];
    for (const [index, film] of others.entries())
      drawn.push(await render(film, best.concurrency, `reference-${index + 1}`));
    return { concurrency: best.concurrency, films: drawn };
  } finally {
    await renderMedia.close();
  }
}

/** Frames a second of one whole film, every scene drawn. */
async function measureLane(film: Storyboard, config: ReturnType<typeof readConfig>): Promise<number> {
  const lane = createFastLane({
    browserPath: async () => (await findBrowser(config)).path,
    dataDir: config.dataDir,
    compositionsDir: resolve('compositions'),
  });
  try {
    const jobs = jobsOf(film, format);
    // Every page of the lane is open, and has its fonts.
    await Promise.all(jobs.map((job) => lane.still(job, 0)));
    const start = performance.now();
    await Promise.all(jobs.map((job) => lane.segment(job)));
    return framesOf(film) / since(start);
  } finally {
    await lane.close();
  }
}

/** The scene that is least alike, as the mean over frames spread over it. */
async function lowestSsim(
  film: Storyboard,
  own: string,
  reference: RenderMediaResult | undefined,
): Promise<number> {
  let lowest = 1;
  let begin = 0;
  for (const { durationInFrames } of film.scenes) {
    let sum = 0;
    for (let n = 0; n < framesPerScene; n++) {
      const frame = begin + Math.floor(((n + 0.5) / framesPerScene) * durationInFrames);
      // In the middle of the frame's time, so that neither file's rounding decides which one it is.
      const atMs = ((frame + 0.5) / film.fps) * 1000;
      sum += await ssim(await extractFrame(own, atMs), await extractFrame(reference?.path ?? '', atMs));
    }
    lowest = Math.min(lowest, sum / framesPerScene);
    begin += durationInFrames;
  }
  return lowest;
}

function framesOf({ scenes }: Storyboard): number {
  return scenes.reduce((sum, it) => sum + it.durationInFrames, 0);
}

const since = (start: number) => (performance.now() - start) / 1000;
const rounded = (value: number, digits: number) => Number(value.toFixed(digits));
const say = (what: string) => process.stderr.write(`${what}\n`);
