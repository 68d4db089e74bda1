import type { Shows } from '../composition.ts';
import { CheckPicture } from './check-picture.tsx';
import { FixPicture } from './fix-picture.tsx';
import { SolarPicture } from './solar-picture.tsx';

const pictures = { solar: SolarPicture, fix: FixPicture, check: CheckPicture } as const;

interface Props {
  readonly id: Shows<'product'>['id'];
  readonly from: number;
  readonly width: number;
  readonly height: number;
}

const whole = { width: 1200, height: 675 };
/** How far to the right a narrow place must show: to the lit window. The others have their point in the middle. */
const rightmost = { solar: 1150, fix: 0, check: 0 } as const;

/** The offer's own picture, of the family that email and page show; it keeps its proportions and fills its place from below. */
export function OfferPicture({ id, from, width, height }: Props) {
  const Picture = pictures[id];
  const seen = Math.min(whole.width, (whole.height * width) / height);
  const shift = Math.max(0, rightmost[id] - (whole.width + seen) / 2);
  return (
    <svg
      width={width}
      height={height}
      viewBox={`${shift} 0 ${whole.width} ${whole.height}`}
      preserveAspectRatio="xMidYMax slice"
      fill="none"
      aria-hidden="true"
      style={{ display: 'block' }}
    >
      <Picture from={from} />
    </svg>
  );
}
