import { theme } from '../../../templates/theme.ts';
import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { Sum } from '../../kit/sum.tsx';
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
        <Sum {...balance} size={wide ? 168 : 124} color={glow} soft={onNightSoft} width={measure} from={0} />
        <Sum {...plan} size={wide ? 72 : 68} color={onNight} soft={onNightSoft} width={measure} from={9} />
      </div>
    </Canvas>
  );
}
