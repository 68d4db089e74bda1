import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openStatement } from './people/open-statement.ts';

export const title =
  '200,000 statements from the profile, each of another person: the memory at the start and at the end.';

const merges = 200_000;
/** Until every cache that fills has filled. */
const warmUp = 10_000;

export async function measure(): Promise<Record<string, number>> {
  return measureMemory(warmUp, merges);
}

/** Megabytes after a full collection, before and after. */
export async function measureMemory(before: number, count: number): Promise<Record<string, number>> {
  const { person, prepare, merge } = await openStatement();
  let bytes = 0;
  const run = (from: number, to: number) => {
    for (let index = from; index < to; index++) bytes += merge(prepare(person(index))).html.length;
  };
  run(0, before);
  const start = settled();
  run(before, before + count);
  const end = settled();
  if (bytes === 0) throw new Error('nothing was merged');
  return {
    merges: count,
    heapStartMb: start.heap,
    heapEndMb: end.heap,
    heapGrowthMb: Math.round((end.heap - start.heap) * 10) / 10,
    rssStartMb: start.rss,
    rssEndMb: end.rss,
  };
}

function settled(): { readonly heap: number; readonly rss: number } {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') for (let pass = 0; pass < 3; pass++) collect();
  const { heapUsed, rss } = process.memoryUsage();
  const megabytes = (value: number) => Math.round((value / 1024 / 1024) * 10) / 10;
  return { heap: megabytes(heapUsed), rss: megabytes(rss) };
}
