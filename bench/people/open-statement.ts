import { randomUUID } from 'node:crypto';
import { loadComposition } from '../../src/adapters/packs/load-composition.ts';
import { loadPack } from '../../src/adapters/packs/load-pack.ts';
import { loadSamples } from '../../src/adapters/packs/load-samples.ts';
import { mergeEmail } from '../../src/merge/merge-email.ts';
import { takeSnapshot } from '../../src/merge/take-snapshot.ts';
import { makeLinks } from '../../src/track/make-links.ts';
import { makePerson } from './make-people.ts';

/** The statement pack with all that a run gives it, and the steps that a run takes for one person. */
export async function openStatement() {
  const pack = await loadPack('templates', 'statement');
  const composition = await loadComposition('compositions', 'statement');
  const samples = await loadSamples('templates', 'statement');
  const sender = {
    from: { name: 'Nordlicht Energie', address: 'service@nordlicht.example' },
    legal: { company: 'Nordlicht Energie GmbH', lines: ['Speicherstraße 12', '20457 Hamburg'] },
  };
  const secret = Buffer.from('a secret of thirty-two characters');
  const origins = { api: 'https://dearly.example', site: 'https://dearly.example' };
  const person = (index: number) => makePerson(samples, index);
  /** Contract, view, film, links. */
  const prepare = (profile: ReturnType<typeof person>) => {
    const how = { sender: 'nordlicht', variant: 'a', tracking: true, now: new Date() };
    const snapshot = takeSnapshot({ id: randomUUID(), profile, pack, composition, ...how });
    return { snapshot, links: makeLinks(secret, snapshot, origins) };
  };
  const merge = ({ snapshot, links }: ReturnType<typeof prepare>) =>
    mergeEmail(snapshot, pack, links, sender);
  return { pack, sender, person, prepare, merge };
}
