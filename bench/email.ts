import { rootsOf, sayOf } from '../src/merge/roots.ts';
import { openStatement } from './people/open-statement.ts';
import { median, perSecond } from './per-second.ts';
import { handlebarsThenMjml } from './yardsticks/handlebars-then-mjml.ts';

export const title =
  "The statement's email for one person: its HTML from the compiled pack, against Handlebars then MJML; and all of it from the profile.";

const rounds = 5;
/** Different people, so that no one's words are still at hand from the last time. */
const people = 1000;
/** Calls of ours per `await`, so that the clock is not what is measured. */
const batch = 20;

/**
 * `perSecond` and `naivePerSecond`: from a ready view to the HTML, a string as JavaScript makes it: joined by reference.
 * Told on stderr: the same written out as UTF-8, six times as long. One "€" makes 48 KB of text two bytes a sign, and
 * all of it is copied together first and encoded then. A message that shares nothing with the next would cost that;
 * `deliver/` encodes what a campaign's messages share once, and a person's parts each by itself (`npm run bench -- send`).
 * `fromProfilePerSecond`: from the stored profile on: contract, view, film, signed links, subject, preheader, HTML, text.
 */
export async function measure(): Promise<Record<string, number>> {
  const { pack, sender, person, prepare, merge } = await openStatement();
  const profiles = Array.from({ length: people }, (_, index) => person(index));
  const ready = profiles.map((profile) => {
    const prepared = prepare(profile);
    return { ...prepared, preheader: merge(prepared).preheader };
  });
  const slow = handlebarsThenMjml(pack);

  let turn = 0;
  let length = 0;
  const page = Buffer.allocUnsafe(256 * 1024);
  const next = () => ready[turn++ % people] ?? (ready[0] as (typeof ready)[number]);
  const naive = async () => {
    const { snapshot, links, preheader } = next();
    length += (await slow(snapshot, links, sender, preheader)).length;
  };
  const html = () => {
    const { snapshot, links, preheader } = next();
    return (
      pack.parts.email?.({ ...rootsOf(snapshot, links, sender), preheader }, sayOf(snapshot, pack)) ?? ''
    );
  };
  const ours = () => {
    for (let index = 0; index < batch; index++) length += html().length;
  };
  const written = () => {
    for (let index = 0; index < batch; index++) length += page.write(html());
  };
  const fromProfile = () => {
    for (let index = 0; index < batch; index++) {
      const { html, text } = merge(prepare(profiles[turn++ % people] ?? person(turn)));
      length += html.length + text.length;
    }
  };

  const figures = {
    naive: [] as number[],
    ours: [] as number[],
    utf8: [] as number[],
    whole: [] as number[],
  };
  for (let round = 0; round <= rounds; round++) {
    const naiveRate = await perSecond(1000, naive);
    const ourRate = (await perSecond(1000, ours)) * batch;
    const utf8Rate = (await perSecond(500, written)) * batch;
    const wholeRate = (await perSecond(1000, fromProfile)) * batch;
    // The first round warms up.
    if (round === 0) continue;
    figures.naive.push(naiveRate);
    figures.ours.push(ourRate);
    figures.utf8.push(utf8Rate);
    figures.whole.push(wholeRate);
  }
  if (length === 0) throw new Error('nothing was merged');
  const naivePerSecond = median(figures.naive);
  const ourPerSecond = median(figures.ours);
  process.stderr.write(`written out as UTF-8: ${Math.round(median(figures.utf8))} a second\n`);
  return {
    perSecond: Math.round(ourPerSecond),
    naivePerSecond: Math.round(naivePerSecond * 10) / 10,
    ratio: Math.round(ourPerSecond / naivePerSecond),
    fromProfilePerSecond: Math.round(median(figures.whole)),
  };
}
