import { Easing, interpolate, useCurrentFrame } from 'remotion';
import { theme } from '../../../templates/theme.ts';
import { beat, round, useProgress } from '../../kit/motion.ts';
import { Text } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';

type Month = Shows<'usage'>['months'][number];

interface Props {
  readonly months: readonly Month[];
  readonly from: number;
  readonly width: number;
  readonly height: number;
}

const { accent, muted, ink, inkSoft, line } = theme.colors.light;
const labelRoom = 40;
const peakRoom = 40;

/** Twelve months; last year stands behind first, then this year grows in front, month by month. */
export function MonthBars({ months, from, width, height }: Props) {
  const slot = width / months.length;
  const room = height - labelRoom - peakRoom;
  return (
    <div style={{ position: 'relative', width, height }}>
      <div
        style={{ position: 'absolute', insetInline: 0, bottom: labelRoom, height: 2, backgroundColor: line }}
      />
      {months.map((month, index) => (
        <div
          key={month.short}
          style={{ position: 'absolute', left: index * slot, width: slot, bottom: 0, height }}
        >
          <Bars month={month} from={from + index * beat.step} room={room} slot={slot} />
        </div>
      ))}
    </div>
  );
}

function Bars({ month, from, room, slot }: { month: Month; from: number; room: number; slot: number }) {
  const before = useProgress(from) * month.previousShare * room;
  const now = useProgress(from + 18, 30) * month.share * room;
  const broad = Math.min(44, slot * 0.72);
  const slim = broad * 0.62;
  return (
    <>
      <Bar width={broad} height={before} slot={slot} color={muted} />
      <Bar width={slim} height={now} slot={slot} color={accent} />
      {month.isPeak && <Peak text={month.kwh} above={Math.max(month.share, month.previousShare) * room} />}
      <Text
        size={20}
        line={1}
        color={month.isPeak ? ink : inkSoft}
        weight={month.isPeak ? 'strong' : 'text'}
        style={{
          position: 'absolute',
          insetInline: -6,
          bottom: 4,
          textAlign: 'center',
          whiteSpace: 'nowrap',
        }}
      >
        {month.short}
      </Text>
    </>
  );
}

function Bar(props: { width: number; height: number; slot: number; color: string }) {
  return (
    <div
      style={{
        position: 'absolute',
        bottom: labelRoom,
        left: round((props.slot - props.width) / 2),
        width: round(props.width),
        height: round(props.height),
        backgroundColor: props.color,
        borderRadius: '7px 7px 0 0',
      }}
    />
  );
}

/** Names the tallest month once all bars stand. */
function Peak({ text, above }: { readonly text: string; readonly above: number }) {
  const opacity = interpolate(useCurrentFrame(), [78, 90], [0, 1], {
    extrapolateLeft: 'clamp',
    extrapolateRight: 'clamp',
    easing: Easing.out(Easing.quad),
  });
  return (
    <Text
      size={22}
      weight="strong"
      color={accent}
      line={1}
      style={{
        position: 'absolute',
        insetInline: -40,
        bottom: labelRoom + above + 10,
        textAlign: 'center',
        opacity,
      }}
    >
      {text}
    </Text>
  );
}
