import type { CSSProperties } from 'react';
import type { Shows } from '../composition.ts';
import { CheckPicture } from './check-picture.tsx';
import { FixPicture } from './fix-picture.tsx';
import { SolarPicture } from './solar-picture.tsx';

const pictures = { solar: SolarPicture, fix: FixPicture, check: CheckPicture } as const;

interface Props {
  readonly id: Shows<'product'>['id'];
  readonly from: number;
  readonly style?: CSSProperties;
}

/** The offer's own picture, of the family that email and page show; it keeps its proportions and fills its place from below. */
export function OfferPicture({ id, from, style }: Props) {
  const Picture = pictures[id];
  return (
    <svg
      viewBox="0 0 1200 675"
      preserveAspectRatio="xMidYMax slice"
      fill="none"
      aria-hidden="true"
      style={{ display: 'block', ...style }}
    >
      <Picture from={from} />
    </svg>
  );
}
