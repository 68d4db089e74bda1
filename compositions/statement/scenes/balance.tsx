import { theme } from '../../../templates/theme.ts';
import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { Figure } from '../../kit/figure.tsx';
import { beat, useRise } from '../../kit/motion.ts';
import { Fitted } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';

const { glow, onNight, onNightSoft } = theme.colors.light;

/** What is left of the year, and what the next one costs: one loud figure, one quiet. */
export default function Balance({ balance, plan }: Shows<'balance'>) {
  const { shape, measure } = useSheet();
  const wide = shape === 'wide';
  return (
    <Canvas ground="night">
      <div
        style={{
          display: 'flex',
          flexDirection: 'column',
          justifyContent: 'center',
          gap: wide ? 48 : shape === 'tall' ? 96 : 56,
          height: '100%',
        }}
      >
        <Sum {...balance} size={wide ? 168 : 124} color={glow} width={measure} from={0} />
        <Sum {...plan} size={wide ? 72 : 68} color={onNight} width={measure} from={9} />
      </div>
    </Canvas>
  );
}

interface SumProps {
  readonly title: string;
  readonly amount: string;
  readonly note: string;
  readonly size: number;
  readonly color: string;
  readonly width: number;
  readonly from: number;
}

function Sum({ title, amount, note, size, color, width, from }: SumProps) {
  const rises = [
    useRise(from, 16, beat.quick),
    useRise(from + 2, 28, beat.quick),
    useRise(from + 10, 16, beat.quick),
  ] as const;
  return (
    <div>
      <Fitted size={30} min={20} lines={1} width={width} color={onNightSoft} line={1.2} style={rises[0]}>
        {title}
      </Fitted>
      <Fitted
        size={size}
        min={30}
        lines={1}
        width={width}
        weight="strong"
        color={color}
        line={1.15}
        style={rises[1]}
        show={(text) => (
          <Figure from={from + 2} duration={24}>
            {text}
          </Figure>
        )}
      >
        {amount}
      </Fitted>
      <Fitted size={30} min={20} lines={2} width={width} style={rises[2]}>
        {note}
      </Fitted>
    </div>
  );
}
