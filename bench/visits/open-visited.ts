import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { loadSamples } from '../../src/adapters/packs/load-samples.ts';
import { readConfig } from '../../src/config.ts';
import type { Links } from '../../src/merge/links.ts';
import type { Snapshot } from '../../src/merge/snapshot.ts';
import { snapshotOf } from '../../src/run/one.ts';
import { openWire } from '../../src/shell/wire.ts';
import { makeLinks } from '../../src/track/make-links.ts';
import { makePerson } from '../people/make-people.ts';
import { backends, processorMs } from '../processor-ms.ts';

export interface Visited {
  /** Where the server listens, without a trailing slash. */
  readonly url: string;
  /** The folder of the server that is measured. */
  readonly dataDir: string;
  readonly messages: readonly { readonly snapshot: Snapshot; readonly links: Links }[];
  /** Events of this kind that the database has. */
  count(kind: string): Promise<number>;
  /** Processor time taken so far, by the server and by the database for it. */
  processorMs(): Promise<{ readonly server: number; readonly database: number }>;
  close(): Promise<void>;
}

/** As many different people as asked for, each with a page, and `dearly serve` in a process of its own, as it ships. */
export async function openVisited(people: number): Promise<Visited> {
  const folder = await mkdtemp(join(tmpdir(), 'dearly-bench-'));
  // Its server is PostgreSQL, which runs as somebody else where we are root.
  await chmod(folder, 0o755);
  const dataDir = join(folder, 'data');
  const wire = await openWire(readConfig({ DEARLY_DATA_DIR: dataDir }));
  const server = spawn(
    process.execPath,
    [...process.execArgv, 'src/shell/cli/main.ts', 'serve', '--no-worker'],
    {
      env: { ...process.env, DEARLY_DATA_DIR: dataDir, PORT: '0' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const ended = once(server, 'exit');
  const close = async () => {
    if (server.exitCode === null) server.kill('SIGTERM');
    await ended;
    await wire.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const url = await Promise.race([
      listening(server.stderr),
      ended.then(() => fail('the server has ended')),
    ]);
    wire.listensAt(url);
    const samples = await loadSamples('templates', 'statement');
    const campaign = { pack: 'statement', composition: 'statement', sender: 'nordlicht' };
    const messages = [];
    for (let index = 0; index < people; index++) {
      const { id: _, email, ...known } = makePerson(samples, index);
      const patch = { ...known, ...(email && { email }), consents: agreed };
      await wire.profiles.keep(patch);
      const profile = await wire.profiles.find(known.externalId);
      if (profile === null) throw new Error('a person was not kept');
      const snapshot = await snapshotOf(profile, { variant: 'a', tracking: true }, campaign, wire);
      await wire.keepSnapshot(snapshot, new Date(Date.now() + 86_400_000));
      messages.push({ snapshot, links: makeLinks(wire.secret, snapshot, wire.origins()) });
    }
    const count = async (kind: string) => {
      const counted = wire.db.selectFrom('events').select((it) => it.fn.countAll<string>().as('count'));
      return Number((await counted.where('kind', '=', kind).executeTakeFirst())?.count ?? 0);
    };
    return {
      url,
      dataDir,
      messages,
      count,
      processorMs: async () => ({
        server: await processorMs([server.pid ?? 0]),
        database: await processorMs(await backends(wire.db)),
      }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const agreed = { tracking: { granted: true, at: '2026-01-01T00:00:00.000Z', source: 'import' } } as const;

async function listening(stderr: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stderr })) {
    const url = /^Listening on (\S+);/.exec(line)?.[1];
    // Whatever comes after has to be read away, or the server would stop at a full pipe.
    if (url !== undefined) {
      stderr.resume();
      return url;
    }
    process.stderr.write(`${line}\n`);
  }
  return fail('the server said nothing');
}

function fail(why: string): never {
  throw new Error(why);
}
