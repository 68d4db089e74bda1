import { loadComposition } from '../src/adapters/packs/load-composition.ts';
import { loadPack } from '../src/adapters/packs/load-pack.ts';
import { loadSamples } from '../src/adapters/packs/load-samples.ts';
import { mergeEmail } from '../src/merge/merge-email.ts';
import { takeSnapshot } from '../src/merge/take-snapshot.ts';
import { makeLinks } from '../src/track/make-links.ts';
import { median, perSecond } from './per-second.ts';
import { handlebarsThenMjml } from './yardsticks/handlebars-then-mjml.ts';

export const title =
  "The statement's email for one person: merged from the compiled pack, against Handlebars then MJML.";

const rounds = 5;
/** Calls of ours per `await`, so that the clock is not what is measured. */
const batch = 20;

export async function measure(): Promise<Record<string, number>> {
  const pack = await loadPack('templates', 'statement');
  const composition = await loadComposition('compositions', 'statement');
  const samples = await loadSamples('templates', 'statement');
  const sender = {
    from: { name: 'Nordlicht Energie', address: 'service@nordlicht.example' },
    legal: { company: 'Nordlicht Energie GmbH', lines: ['Speicherstraße 12', '20457 Hamburg'] },
  };
  const secret = Buffer.from('a secret of thirty-two characters');
  const origins = { api: 'https://dearly.example', site: 'https://dearly.example' };
  const take = (index: number) => {
    const profile = samples[index % samples.length]?.profile;
    if (profile === undefined) throw new Error('the pack has no samples');
    const how = { sender: 'nordlicht', variant: 'a', tracking: true, now: new Date() };
    return takeSnapshot({ id: '0199a0f0-0000-7000-8000-000000000001', profile, pack, composition, ...how });
  };
  const ready = samples.map((_, index) => {
    const snapshot = take(index);
    const links = makeLinks(secret, snapshot, origins);
    return { snapshot, links, preheader: mergeEmail(snapshot, pack, links, sender).preheader };
  });
  const slow = handlebarsThenMjml(pack);

  let turn = 0;
  const next = () => ready[turn++ % ready.length] ?? (ready[0] as (typeof ready)[number]);
  const naive = async () => {
    const { snapshot, links, preheader } = next();
    await slow(snapshot, links, sender, preheader);
  };
  const ours = () => {
    for (let index = 0; index < batch; index++) {
      const { snapshot, links } = next();
      mergeEmail(snapshot, pack, links, sender);
    }
  };
  const fromProfile = () => {
    const snapshot = take(turn++);
    mergeEmail(snapshot, pack, makeLinks(secret, snapshot, origins), sender);
  };

  const figures = { naive: [] as number[], ours: [] as number[], fromProfile: [] as number[] };
  for (let round = 0; round <= rounds; round++) {
    const counted = { naive: await perSecond(1000, naive), ours: (await perSecond(1000, ours)) * batch };
    const whole = await perSecond(500, fromProfile);
    // The first round warms up.
    if (round === 0) continue;
    figures.naive.push(counted.naive);
    figures.ours.push(counted.ours);
    figures.fromProfile.push(whole);
  }
  const naivePerSecond = median(figures.naive);
  const emailPerSecond = median(figures.ours);
  return {
    perSecond: Math.round(emailPerSecond),
    naivePerSecond: Math.round(naivePerSecond * 10) / 10,
    ratio: Math.round(emailPerSecond / naivePerSecond),
    fromProfilePerSecond: Math.round(median(figures.fromProfile)),
  };
}
