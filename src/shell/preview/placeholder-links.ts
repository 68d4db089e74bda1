import type { Links } from '../../merge/links.ts';
import type { Snapshot } from '../../merge/snapshot.ts';

/** Links that lead to a note saying where they would lead: looking at a message counts nothing and ends no consent. */
export function placeholderLinks(
  snapshot: Pick<Snapshot, 'targets' | 'pictures' | 'confirms' | 'storyboard'>,
  { origin, query }: { readonly origin: string; readonly query: string },
): Links {
  const note = (to: string) => noteLink(origin, to);
  const picture = (name: string) => `${origin}/picture/${name}.jpg?${query}`;
  const pictures = Object.keys(snapshot.pictures ?? {}).map((name) => [name, picture(name)] as const);
  const targets = Object.entries(snapshot.targets).map(
    ([name, address]) => [name, noteLink(origin, name, address)] as const,
  );
  return {
    site: note('site'),
    video: note('video'),
    captions: note('captions'),
    poster: picture('poster'),
    posterUpright: snapshot.storyboard?.formats?.includes('9:16') ? `${picture('poster')}&format=9:16` : null,
    // Its first frame: thirty of them would keep an author waiting at every save.
    teaser: picture('poster'),
    pictures: Object.fromEntries(pictures),
    pdf: note('pdf'),
    unsubscribe: note('unsubscribe'),
    confirm: snapshot.confirms ? note('confirm') : null,
    open: null,
    answer: note('answer'),
    to: Object.fromEntries(targets),
  };
}

/**
 * Nothing that templates would escape stands in it, as in a real link: what reads the merged HTML finds it as it is.
 * @param address where the real one would lead, if that is known
 */
export function noteLink(origin: string, to: string, address?: string): string {
  const tail = address === undefined ? '' : `/${Buffer.from(address).toString('base64url')}`;
  return `${origin}/note/${encodeURIComponent(to)}${tail}`;
}
