import { type ReactNode, useLayoutEffect, useRef } from 'react';
import type { Interaction } from '../../../../author.ts';
import type { Words } from '../../page/words.ts';
import { Icon, type IconName } from '../controls/icons.tsx';
import type { Spot } from '../direct.ts';

interface Props {
  readonly words: Words;
  /** Addresses by the name of their target. */
  readonly links: Readonly<Record<string, string>>;
  readonly shown: readonly (Spot & { readonly it: Interaction })[];
  /** Name of the scene that a branch was taken in. */
  readonly home: string | null;
  /** Something lies open over them. */
  readonly covered: boolean;
  readonly onOpen: (spot: Spot) => void;
  readonly onFollow: (spot: Spot) => void;
  readonly onBack: () => void;
}

const signs: Readonly<Partial<Record<Interaction['kind'], IconName>>> = { reveal: 'more', branch: 'branch' };

/** What can be pressed while it is shown: real links and buttons at the picture's foot, which scenes leave to them. */
export function Pills({ words, links, shown, home, covered, ...on }: Props) {
  const known = shown.filter(({ it }) => it.kind !== 'link' || Object.hasOwn(links, it.target));
  if (known.length === 0 && home === null) return null;
  return (
    <div className="dv-pills" inert={covered}>
      {home !== null && (
        <Leaving>
          <button type="button" className="dv-pill dv-pill-back" onClick={on.onBack}>
            <Icon name="home" />
            <span dir="auto">{words.backTo.replace('{chapter}', () => home)}</span>
          </button>
        </Leaving>
      )}
      {known.map((spot) => {
        const { scene, nth, it } = spot;
        if (it.kind === 'link')
          return (
            <Leaving key={`${scene}/${nth}`}>
              <a
                className="dv-pill dv-link"
                href={links[it.target]}
                dir="auto"
                onClick={() => on.onFollow(spot)}
              >
                {it.label}
              </a>
            </Leaving>
          );
        const sign = signs[it.kind];
        return (
          <Leaving key={`${scene}/${nth}`}>
            <button
              type="button"
              className="dv-pill"
              aria-haspopup={it.kind === 'branch' ? undefined : 'dialog'}
              onClick={() => on.onOpen(spot)}
            >
              {sign && <Icon name={sign} />}
              <span dir="auto">{it.label}</span>
            </button>
          </Leaving>
        );
      })}
    </div>
  );
}

/** Goes with its scene; whoever was on it is then at the film's own button, and not nowhere. */
function Leaving({ children }: { readonly children: ReactNode }) {
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const it = place.current;
    return () => {
      if (!it?.contains(document.activeElement)) return;
      it.closest('.dv-house')?.querySelector<HTMLElement>('.dv-play')?.focus({ preventScroll: true });
    };
  }, []);
  return (
    <span ref={place} className="dv-place">
      {children}
    </span>
  );
}
