// Enters: a snapshot, the secret, our origins. Leaves: Links, every address a message may hold.
// Never: an address that carries where it leads; targets stay in the snapshot.
import type { Links } from '../merge/links.ts';
import type { Snapshot, Storyboard } from '../merge/snapshot.ts';
import type { Format } from '../template/composition.ts';
import { signerOf, signToken } from './token.ts';

/** Without a trailing slash. */
export interface Origins {
  readonly api: string;
  /** Where recipients go: pages, pictures and links stand here, apart from the API where the operator likes. */
  readonly site: string;
}

export function makeLinks(
  secret: Buffer,
  snapshot: Pick<Snapshot, 'id' | 'targets' | 'tracking' | 'confirms' | 'pictures' | 'storyboard'>,
  { site }: Origins,
): Links {
  const sign = signerOf(secret, snapshot.id);
  const to = targetNames(snapshot).map((name, index) => {
    const plain = snapshot.targets[name] ?? '';
    return [name, snapshot.tracking ? `${site}/c/${sign('click', index)}` : plain] as const;
  });
  const picture = sign('picture');
  const video = sign('video');
  const poster = `${site}/i/${picture}/poster.jpg`;
  const upright = uprightFormats.find((it) => snapshot.storyboard?.formats?.includes(it));
  const pictures = Object.keys(snapshot.pictures ?? {}).map((name) => [
    name,
    `${site}/i/${picture}/${name}.jpg`,
  ]);
  return {
    site: `${site}/s/${sign('site')}`,
    video: `${site}/v/${video}.mp4`,
    captions: `${site}/v/${video}.vtt`,
    poster,
    posterUpright: upright === undefined ? null : inFormat(poster, snapshot.storyboard, upright),
    teaser: `${site}/i/${picture}/teaser.gif`,
    pictures: Object.fromEntries(pictures),
    pdf: `${site}/p/${sign('pdf')}.pdf`,
    unsubscribe: `${site}/u/${sign('unsubscribe')}`,
    confirm: snapshot.confirms ? `${site}/k/${sign('confirm')}` : null,
    open: snapshot.tracking ? `${site}/o/${sign('open')}` : null,
    answer: `${site}/a/${sign('answer')}`,
    to: Object.fromEntries(to),
  };
}

/** As the player chooses among them (web/site/player/film-format.ts). */
const uprightFormats = ['9:16', '1:1'] as const satisfies readonly Format[];

/** Where a foreign picture of the film stands with us, by its name. */
export function assetLink(
  secret: Buffer,
  { id }: Pick<Snapshot, 'id'>,
  { site }: Origins,
): (name: string) => string {
  // Few films have one.
  let token: string | undefined;
  return (name) => {
    token ??= signToken(secret, { snapshotId: id, kind: 'picture', index: 0 });
    return `${site}/i/${token}/asset-${name}.webp`;
  };
}

/** The same link to a film, or its poster, in another of its formats. A format says nothing of the person. */
export function inFormat(
  link: string,
  storyboard: Pick<Storyboard, 'formats'> | null,
  format: Format | undefined,
): string {
  return format === undefined || format === (storyboard?.formats?.[0] ?? format)
    ? link
    : `${link}?format=${format}`;
}

/** Where a click leads; null for a place that the snapshot does not have. */
export function targetAt(
  snapshot: Pick<Snapshot, 'targets'>,
  index: number,
): { readonly name: string; readonly url: string } | null {
  const name = targetNames(snapshot)[index];
  const url = name === undefined ? undefined : snapshot.targets[name];
  return name === undefined || url === undefined ? null : { name, url };
}

/** Sorted: a link holds the place of its target, and must find the same one however the names come back from the database. */
function targetNames({ targets }: Pick<Snapshot, 'targets'>): string[] {
  return Object.keys(targets).sort();
}
