import { type Asking, questionsFor } from '../../../merge/questions-for.ts';
import type { Snapshot } from '../../../merge/snapshot.ts';
import { makeLinks } from '../../../track/make-links.ts';
import type { ServerParts } from '../parts.ts';

/** The questions that concern this snapshot's person, by the pack as it stood; null where it has none. */
export async function askingOf(parts: ServerParts, snapshot: Snapshot): Promise<Asking | null> {
  const pack = await parts.shelf.packAt(snapshot.pack.name, snapshot.pack.version);
  const links = makeLinks(parts.secret, snapshot, parts.origins());
  return questionsFor(snapshot, pack, links, await parts.shelf.sender(snapshot.sender));
}
