import { theme } from '../../../templates/theme.ts';
import { useProgress } from '../../kit/motion.ts';
import { Fitted } from '../../kit/text.tsx';

/** Height below the line that the months stand on. */
export const labelRoom = 40;
const { line, inkSoft } = theme.colors.light;

interface Props {
  readonly months: readonly string[];
  readonly width: number;
  /** The frame from which the line is drawn and the names come; left out, all stands. */
  readonly from?: number;
}

export function MonthAxis({ months, width, from = -100 }: Props) {
  const slot = width / months.length;
  const drawn = useProgress(from, 30);
  return (
    <>
      <div
        style={{
          position: 'absolute',
          left: 0,
          bottom: labelRoom,
          width,
          height: 2,
          backgroundColor: line,
          transformOrigin: '0 0',
          transform: `scaleX(${Math.round(drawn * 1000) / 1000})`,
        }}
      />
      {months.map((month, index) => (
        <Month key={month} name={month} left={index * slot} width={slot} from={from + 4 + index * 2} />
      ))}
    </>
  );
}

function Month({ name, left, width, from }: { name: string; left: number; width: number; from: number }) {
  const opacity = Math.round(useProgress(from, 14) * 100) / 100;
  return (
    <Fitted
      size={20}
      min={12}
      lines={1}
      width={width}
      line={1}
      color={inkSoft}
      style={{ position: 'absolute', left, width, bottom: 4, textAlign: 'center', opacity }}
    >
      {name}
    </Fitted>
  );
}
