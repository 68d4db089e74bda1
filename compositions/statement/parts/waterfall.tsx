import type { ReactNode } from 'react';
import { theme } from '../../../templates/theme.ts';
import { round, useProgress, useRise } from '../../kit/motion.ts';
import { Text } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';
import { type Step, stackUp } from './stack-up.ts';

type Direction = Shows<'reasons'>['direction'];

interface Props extends Omit<Shows<'reasons'>, 'title'> {
  readonly from: number;
  readonly width: number;
  /** Bars below their words instead of beside them. */
  readonly stacked: boolean;
}

const { accent, ink, inkSoft, muted, line } = theme.colors.light;
const colorOf: Readonly<Record<Direction, string>> = { more: ink, less: accent, same: muted };
const signOf: Readonly<Record<Direction, number>> = { more: 1, less: -1, same: 0 };
const every = 14;
const gap = 24;
const rowHeight = 68;
const barHeight = 36;
const linkHeight = rowHeight + gap - barHeight;

/** Each reason's bar starts where the one before it ended; the last bar is what they come to. */
export function Waterfall({
  reasons,
  lastYear,
  thisYear,
  difference,
  direction,
  from,
  width,
  stacked,
}: Props) {
  const { steps, sum } = stackUp(reasons.map((it) => it.share * signOf[it.direction]));
  const last = from + reasons.length * every;
  const layout = { width, stacked };
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap }}>
      {reasons.map((reason, index) => (
        <Row
          key={reason.label}
          {...layout}
          from={from + index * every}
          step={steps[index] ?? sum}
          linkTo={index === reasons.length - 1 ? linkHeight + gap + 2 : linkHeight}
          color={colorOf[reason.direction]}
          amount={reason.amount}
          label={reason.label}
          detail={reason.detail}
        />
      ))}
      <div style={{ height: 2, backgroundColor: line }} />
      <Row
        {...layout}
        from={last + 6}
        step={sum}
        color={colorOf[direction]}
        amount={difference}
        label={`${thisYear.label}: ${thisYear.amount}`}
        detail={`${lastYear.label}: ${lastYear.amount}`}
      />
    </div>
  );
}

interface RowProps {
  readonly label: string;
  readonly detail: string;
  readonly amount: string;
  readonly step: Step;
  readonly color: string;
  /** Design pixels down to the next row's bar, which begins where this one ends; none below the last. */
  readonly linkTo?: number;
  readonly from: number;
  readonly width: number;
  readonly stacked: boolean;
}

function Row({ label, detail, amount, step, color, linkTo, from, width, stacked }: RowProps) {
  const rise = useRise(from, 16);
  const words = (
    <div style={{ width: stacked ? undefined : 420, minWidth: 0, flexShrink: stacked ? 1 : 0 }}>
      <Text size={28} weight="strong" line={1.2}>
        {label}
      </Text>
      <Text size={22} color={inkSoft} line={1.3}>
        {detail}
      </Text>
    </div>
  );
  const figure = (
    <Text
      size={30}
      weight="strong"
      color={color === muted ? inkSoft : color}
      style={{ whiteSpace: 'nowrap', textAlign: 'end' }}
    >
      {amount}
    </Text>
  );
  if (stacked) {
    return (
      <div style={{ ...rise, width }}>
        <Line>
          {words}
          {figure}
        </Line>
        <Track step={step} color={color} from={from} width={width} height={16} />
      </div>
    );
  }
  return (
    <div style={{ ...rise, width, height: rowHeight, display: 'grid', alignItems: 'center' }}>
      <Line>
        {words}
        <Track
          step={step}
          color={color}
          from={from}
          width={width - 420 - 200 - 48}
          height={barHeight}
          {...(linkTo && { linkTo })}
        />
        <div style={{ width: 200 }}>{figure}</div>
      </Line>
    </div>
  );
}

function Line({ children }: { readonly children: ReactNode }) {
  return (
    <div style={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 24 }}>
      {children}
    </div>
  );
}

interface TrackProps extends Pick<RowProps, 'step' | 'color' | 'from' | 'width' | 'linkTo'> {
  readonly height: number;
}

function Track({ step, color, from, width, height, linkTo }: TrackProps) {
  const way = useProgress(from + 6, 28);
  const length = (step.end - step.start) * way;
  const left = Math.min(step.start, step.start + length);
  const link = useProgress(from + 22, 12) * (linkTo ?? 0);
  return (
    <div style={{ position: 'relative', width, height, flexShrink: 0, marginTop: height < 20 ? 10 : 0 }}>
      <div
        style={{
          position: 'absolute',
          left: round(left * (width - 4)),
          // What did not change is still a mark on the track.
          width: Math.max(4, round(Math.abs(length) * (width - 4))),
          height,
          borderRadius: Math.min(8, height / 2),
          backgroundColor: color,
        }}
      />
      <div
        style={{
          position: 'absolute',
          left: round(Math.min(step.end * (width - 4), width - 2) - (step.end < step.start ? 0 : 2)),
          top: height,
          width: 2,
          height: round(link),
          backgroundColor: muted,
        }}
      />
    </div>
  );
}
