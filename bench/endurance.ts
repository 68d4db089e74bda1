import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../src/config.ts';
import { drawVideo } from '../src/run/video/draw-video.ts';
import { openWire } from '../src/shell/wire.ts';
import { exampleFilms } from './people/example-people.ts';
import { processTree } from './process-tree.ts';

export const title =
  '500 films in a row, none of them like another: the memory of all processes, and what is left of them at the end.';

const films = 500;
const people = 200;
/** Caches fill, and every page has been replaced once. */
const warmUp = 150;
const atOnce = 2;

export async function measure(): Promise<Record<string, number>> {
  const known = await exampleFilms(people);
  const folder = await mkdtemp(join(tmpdir(), 'dearly-bench-'));
  await chmod(folder, 0o755);
  const wire = await openWire(readConfig({ ...process.env, DEARLY_DATA_DIR: join(folder, 'data') }));
  const samples: { readonly film: number; readonly bytes: number }[] = [];
  let drawnFrames = 0;
  try {
    const rest = Array.from({ length: films }, (_, index) => index).values();
    const work = async () => {
      for (const index of rest) {
        const film = known[index % people];
        if (film === undefined) throw new Error('there are no films');
        // The second time round a person is another one: nothing of theirs is there yet.
        const renamed = { ...film, version: `${film.version}-${Math.floor(index / people)}` };
        const drawn = await drawVideo(renamed, { format: '16:9' }, wire.draw);
        drawnFrames += drawn.drawnFrames;
        if (index % 25 !== 0) continue;
        samples.push({ film: index, bytes: (await processTree()).residentBytes });
        process.stderr.write(`  ${index}: ${megabytes(samples.at(-1)?.bytes ?? 0)} MB\n`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    await wire.close();
    await rm(folder, { recursive: true, force: true });
  }
  const settled = samples.filter(({ film }) => film >= warmUp);
  const half = Math.floor(settled.length / 2);
  const before = meanOf(settled.slice(0, half));
  const after = meanOf(settled.slice(half));
  return {
    films,
    drawnFrames,
    residentBeforeMb: megabytes(before),
    residentAfterMb: megabytes(after),
    growthPercent: Math.round((after / before - 1) * 1000) / 10,
    processesLeft: (await processTree()).processes - 1,
  };
}

function meanOf(samples: readonly { readonly bytes: number }[]): number {
  return samples.reduce((sum, it) => sum + it.bytes, 0) / samples.length;
}

const megabytes = (bytes: number) => Math.round(bytes / 1e6);
