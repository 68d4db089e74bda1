import { theme } from '../../../templates/theme.ts';
import { Card, insideCard } from '../../kit/card.tsx';
import { round, useProgress, useRise, useTravel } from '../../kit/motion.ts';
import { Fitted } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';

type Shown = Shows<'reasons'>['levers'][number];

interface Props extends Shown {
  readonly width: number;
  readonly height: number;
  readonly from: number;
}

const { accent, ink, inkSoft, muted } = theme.colors.light;
const colorOf = { more: ink, less: accent, same: inkSoft } as const;
const rampOf = { more: 1, less: -1, same: 0 } as const;

/** One thing that moved: where it stood, which way it went. The way is the message; how far it went stands on the page. */
export function Lever({ label, word, direction, width, height, from }: Props) {
  const rise = useRise(from, 40);
  const color = colorOf[direction];
  const pad = 36;
  const inner = insideCard(width, pad);
  // Too low for one above the other.
  const beside = height < 300;
  const words = beside ? inner * 0.5 : inner;
  return (
    <Card
      width={width}
      height={height}
      padding={pad}
      style={{
        ...rise,
        flexDirection: beside ? 'row' : 'column',
        alignItems: beside ? 'center' : 'stretch',
        justifyContent: 'space-between',
      }}
    >
      <div>
        <Fitted size={28} min={20} lines={1} width={words} color={inkSoft} line={1.2}>
          {label}
        </Fitted>
        <Fitted size={56} min={30} lines={1} width={words} weight="strong" color={color} line={1.2}>
          {word}
        </Fitted>
      </div>
      <Ramp
        width={beside ? inner * 0.44 : inner}
        height={height - 2 * pad - (beside ? 4 : 130)}
        ramp={rampOf[direction]}
        color={color}
        from={from + 10}
      />
    </Card>
  );
}

interface RampProps {
  readonly width: number;
  readonly height: number;
  readonly ramp: 1 | 0 | -1;
  readonly color: string;
  readonly from: number;
}

/** A level that runs along, then steps up or down: last year's part in grey, this year's in colour with an arrow's head. */
function Ramp({ width, height, ramp, color, from }: RampProps) {
  const first = useTravel(from, 20);
  const then = useTravel(from + 12, 22);
  const head = round(useProgress(from + 30, 10));
  const middle = height / 2;
  // The arrow's head is 28 high on either side, half its stroke included.
  const reach = (height / 2 - 28) * ramp;
  const [start, bend, end, edge] = [8, width * 0.36, width * 0.72, width - 26];
  const before = `M${start} ${middle + reach} H${bend}`;
  const now = `M${bend} ${middle + reach} C${(bend + end) / 2} ${middle + reach} ${(bend + end) / 2} ${middle - reach} ${end} ${middle - reach} H${edge}`;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} fill="none" aria-hidden="true">
      <g strokeWidth="12" strokeLinecap="round">
        <path d={before} pathLength="1" stroke={muted} strokeDasharray={`${round(first)} 2`} />
        <path
          d={now}
          pathLength="1"
          stroke={color}
          strokeDasharray={`${round(then)} 2`}
          opacity={then > 0 ? 1 : 0}
        />
      </g>
      <path
        d={`M${edge - 18} ${middle - reach - 22} L${edge + 6} ${middle - reach} L${edge - 18} ${middle - reach + 22}`}
        stroke={color}
        strokeWidth="12"
        strokeLinecap="round"
        strokeLinejoin="round"
        opacity={head}
      />
      <circle
        cx={start + 6}
        cy={middle + reach}
        r="14"
        fill={muted}
        opacity={round(Math.min(1, first * 4))}
      />
    </svg>
  );
}
