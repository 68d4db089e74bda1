import { theme } from '../../../templates/theme.ts';
import { beat, round, useProgress } from '../../kit/motion.ts';
import { Text } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';
import { labelRoom, MonthAxis } from './month-axis.tsx';
import type { ChartSize } from './year-sheet.tsx';

type Month = Shows<'usage'>['months'][number];

interface Props extends ChartSize {
  readonly months: readonly Month[];
  readonly from: number;
}

const { accent, muted } = theme.colors.light;
/** Above the tallest bar, for the legend and what it says. */
const headRoom = 92;

/** Twelve months; last year stands behind first, then this year grows in front, month by month. */
export function MonthBars({ months, from, width, height }: Props) {
  const slot = width / months.length;
  const room = height - labelRoom - headRoom;
  return (
    <>
      {months.map((month, index) => (
        <div
          key={month.short}
          style={{ position: 'absolute', left: index * slot, width: slot, bottom: 0, height }}
        >
          <Bars
            month={month}
            from={from + Math.round(index * 1.25)}
            room={room}
            slot={slot}
            align={index < 2 ? 'start' : index > 9 ? 'end' : 'center'}
          />
        </div>
      ))}
      <MonthAxis months={months.map(({ short }) => short)} width={width} />
    </>
  );
}

interface BarsProps {
  readonly month: Month;
  readonly from: number;
  readonly room: number;
  readonly slot: number;
  /** Where the peak's words stand, so that they stay on the sheet. */
  readonly align: 'start' | 'center' | 'end';
}

function Bars({ month, from, room, slot, align }: BarsProps) {
  const before = useProgress(from, 20) * month.previousShare * room;
  const now = useProgress(from + 6, 22) * month.share * room;
  const broad = Math.min(44, slot * 0.72);
  return (
    <>
      <Bar width={broad} height={before} slot={slot} color={muted} />
      <Bar width={broad * 0.62} height={now} slot={slot} color={accent} />
      {month.isPeak && (
        <Peak text={month.kwh} above={Math.max(month.share, month.previousShare) * room} align={align} />
      )}
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

/** Names the tallest month once its bar stands. */
function Peak({ text, above, align }: { text: string; above: number; align: BarsProps['align'] }) {
  const opacity = round(useProgress(26, beat.quick));
  const beyond = {
    start: { left: 0, right: -120 },
    center: { left: -70, right: -70 },
    end: { left: -120, right: 0 },
  };
  return (
    <Text
      size={24}
      weight="strong"
      color={accent}
      line={1}
      style={{
        position: 'absolute',
        ...beyond[align],
        bottom: labelRoom + above + 10,
        textAlign: align,
        whiteSpace: 'nowrap',
        opacity,
      }}
    >
      {text}
    </Text>
  );
}
