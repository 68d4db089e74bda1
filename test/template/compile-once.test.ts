import { expect, it } from 'vitest';
import { loadPack } from '../../src/adapters/packs/load-pack.ts';
import { mergeEmail } from '../../src/merge/merge-email.ts';
import { links, sender, snapshotOf, templates } from '../merge/shown.ts';

it('leaves no compiling to be done for a person', async () => {
  const compileStart = performance.now();
  const pack = await loadPack(templates, 'statement');
  const compileMs = performance.now() - compileStart;

  const snapshot = snapshotOf();
  mergeEmail(snapshot, pack, links, sender);
  const count = 200;
  const mergeStart = performance.now();
  for (let n = 0; n < count; n++) mergeEmail(snapshot, pack, links, sender);
  const mergeMs = (performance.now() - mergeStart) / count;

  // Measured: about 1 to 200. MJML per person would make it 1 to 1.
  expect(compileMs / mergeMs).toBeGreaterThan(10);
});
