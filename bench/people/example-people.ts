import { randomUUID } from 'node:crypto';
import { openRows } from '../../src/adapters/files/open-rows.ts';
import { loadComposition } from '../../src/adapters/packs/load-composition.ts';
import { loadPack } from '../../src/adapters/packs/load-pack.ts';
import { DearlyError } from '../../src/errors.ts';
import type { Storyboard } from '../../src/merge/snapshot.ts';
import { takeSnapshot } from '../../src/merge/take-snapshot.ts';
import { factShape } from '../../src/profile/fact-shape.ts';
import { joinPatches } from '../../src/profile/join-patches.ts';
import type { Profile, ProfilePatch } from '../../src/profile/profile.ts';
import { importFiles } from '../../src/run/import-files.ts';

const files = ['examples/customers.csv', 'examples/readings.ndjson'];

/** The statement films of the shipped example customers, in the order of their file; those whose data falls short are left out. */
export async function exampleFilms(count: number): Promise<readonly Storyboard[]> {
  const pack = await loadPack('templates', 'statement');
  const composition = await loadComposition('compositions', 'statement');
  const people = await readPeople(
    factShape(pack.contract ? [{ name: pack.name, data: pack.contract.data }] : []),
  );
  const films: Storyboard[] = [];
  for (const profile of people) {
    try {
      const how = { sender: 'nordlicht', variant: 'a', tracking: true, now: new Date() };
      const { storyboard } = takeSnapshot({ id: randomUUID(), profile, pack, composition, ...how });
      if (storyboard !== null) films.push(storyboard);
    } catch (error) {
      if (!(error instanceof DearlyError && error.code === 'data-incomplete')) throw error;
    }
    if (films.length === count) return films;
  }
  throw new Error(`the examples hold ${films.length} people with a film, not ${count}`);
}

async function readPeople(shape: ReturnType<typeof factShape>): Promise<readonly Profile[]> {
  const people = new Map<string, ProfilePatch>();
  await importFiles(
    await Promise.all(files.map((file) => openRows(file))),
    { shape, at: new Date().toISOString() },
    {
      onError: () => {},
      async keep(patches) {
        for (const patch of patches) {
          const known = people.get(patch.externalId);
          people.set(patch.externalId, known ? joinPatches(known, patch) : patch);
        }
        return { added: 0, changed: 0, unchanged: 0 };
      },
    },
  );
  return [...people.values()].map((patch) => ({
    id: randomUUID(),
    externalId: patch.externalId,
    email: patch.email ?? null,
    firstName: patch.firstName ?? '',
    lastName: patch.lastName ?? '',
    locale: patch.locale ?? 'de-DE',
    timeZone: patch.timeZone ?? 'Europe/Berlin',
    consents: patch.consents ?? {},
    facts: patch.facts ?? {},
  }));
}
