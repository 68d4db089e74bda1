import type { Interaction } from '../../../author.ts';

interface Props {
  /** Addresses by the name of their target. */
  readonly links: Readonly<Record<string, string>>;
  readonly shown: readonly Interaction[];
}

/** What can be pressed while it is shown: real links over the picture, where the scenes leave room for them. */
export function FilmLinks({ links, shown }: Props) {
  const known = shown.flatMap((it) => {
    if (it.kind !== 'link') return [];
    const { label, target } = it;
    const url = Object.hasOwn(links, target) ? links[target] : undefined;
    return url === undefined ? [] : [{ label, target, url }];
  });
  if (known.length === 0) return null;
  return (
    <div className="dv-links">
      {known.map(({ label, target, url }) => (
        <a key={target} className="dv-link" href={url} dir="auto">
          {label}
        </a>
      ))}
    </div>
  );
}
