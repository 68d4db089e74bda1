import { theme } from '../../../templates/theme.ts';
import { round, useLeave, useProgress, useTravel } from '../../kit/motion.ts';
import { Text } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';
import { labelRoom } from './month-axis.tsx';
import type { ChartSize } from './year-sheet.tsx';

interface Props extends ChartSize {
  readonly months: Shows<'year'>['months'];
  readonly label: string;
  readonly from: number;
}

const { accent, accentSoft, inkSoft } = theme.colors.light;
const samplesPerMonth = 8;

/** The sun goes through the year, low in winter, high in summer, and leaves its days behind. */
export function SunPath({ months, label, from, width, height }: Props) {
  const way = useTravel(from, 40);
  const shown = round(useProgress(from - 4, 14));
  const named = useProgress(from + 24, 16);
  const leave = useLeave();
  const ground = height - labelRoom;
  const slot = width / months.length;
  const at = (share: number) => {
    const along = share * (months.length - 1);
    const before = months[Math.floor(along)]?.share ?? 0;
    const after = months[Math.ceil(along)]?.share ?? 0;
    const first = months[Math.max(0, Math.floor(along) - 1)]?.share ?? before;
    const last = months[Math.min(months.length - 1, Math.floor(along) + 2)]?.share ?? after;
    const high = 0.16 + 0.6 * through(first, before, after, last, along % 1);
    return { x: slot * (along + 0.5), y: ground - high * ground };
  };
  const count = Math.max(1, Math.round(way * (months.length - 1) * samplesPerMonth));
  const points = Array.from({ length: count + 1 }, (_, index) => at((way * index) / count));
  const sun = at(way);
  const path = points.map(({ x, y }) => `${round(x)} ${round(y)}`).join(' L');
  return (
    <div style={{ position: 'absolute', inset: 0, ...leave }}>
      <svg
        width={width}
        height={ground}
        viewBox={`0 0 ${width} ${ground}`}
        fill="none"
        // The sun’s ring is wider than half a month.
        overflow="visible"
        aria-hidden="true"
      >
        <path
          d={`M${round(points[0]?.x ?? 0)} ${ground} L${path} L${round(sun.x)} ${ground}Z`}
          fill={accentSoft}
        />
        <path d={`M${path}`} stroke={accent} strokeWidth="4" strokeLinecap="round" strokeLinejoin="round" />
        <circle cx={round(sun.x)} cy={round(sun.y)} r={round(17 * shown)} fill={accent} />
        <circle
          cx={round(sun.x)}
          cy={round(sun.y)}
          r={round(27 * shown)}
          stroke={accent}
          strokeWidth="3"
          opacity={round(0.35 * shown)}
        />
      </svg>
      <Text
        size={24}
        color={inkSoft}
        line={1.2}
        style={{
          position: 'absolute',
          insetInline: 0,
          bottom: labelRoom + ground * 0.16,
          textAlign: 'center',
          opacity: round(named),
        }}
      >
        {label}
      </Text>
    </div>
  );
}

/** A curve through four points (Catmull-Rom), between the middle two. */
function through(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
