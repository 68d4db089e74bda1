import { theme } from '../../../templates/theme.ts';
import { round, useProgress } from '../../kit/motion.ts';

interface Props {
  /** 0 to 1, oldest month first. */
  readonly light: readonly number[];
  readonly from: number;
  readonly width: number;
  readonly height: number;
}

const { glow } = theme.colors.light;

/** Northern light made of a person's year: twelve rays, twelve months, the taller the more electricity. */
export function Rays({ light, from, width, height }: Props) {
  const slot = width / light.length;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} fill="none" aria-hidden="true">
      <defs>
        <linearGradient id="dearly-ray" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor={glow} stopOpacity="0" />
          <stop offset="0.55" stopColor={glow} stopOpacity="0.4" />
          <stop offset="0.92" stopColor="#B8FFE6" stopOpacity="0.9" />
          <stop offset="1" stopColor="#B8FFE6" stopOpacity="0" />
        </linearGradient>
        <radialGradient id="dearly-veil">
          <stop offset="0" stopColor={glow} stopOpacity="0.3" />
          <stop offset="0.5" stopColor="#1FA39A" stopOpacity="0.16" />
          <stop offset="1" stopColor="#1FA39A" stopOpacity="0" />
        </radialGradient>
      </defs>
      {light.map((share, index) => (
        <Ray
          // biome-ignore lint/suspicious/noArrayIndexKey: a month is its place in the year
          key={index}
          x={(index + 0.5) * slot}
          slot={slot}
          tall={share * height}
          foot={height}
          from={from + index * 2}
        />
      ))}
    </svg>
  );
}

function Ray({
  x,
  slot,
  tall,
  foot,
  from,
}: {
  x: number;
  slot: number;
  tall: number;
  foot: number;
  from: number;
}) {
  const way = useProgress(from, 30);
  const height = tall * way;
  return (
    <>
      <ellipse
        cx={round(x)}
        cy={round(foot - height * 0.3)}
        rx={round(slot * 1.5)}
        ry={round(height * 0.62)}
        fill="url(#dearly-veil)"
      />
      <rect
        x={round(x - slot * 0.13)}
        y={round(foot - height)}
        width={round(slot * 0.26)}
        height={Math.max(0.01, round(height))}
        rx={round(slot * 0.13)}
        fill="url(#dearly-ray)"
      />
    </>
  );
}
