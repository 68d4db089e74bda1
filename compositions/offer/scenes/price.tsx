import { theme } from '../../../templates/theme.ts';
import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { Sum } from '../../kit/sum.tsx';
import type { Shows } from '../composition.ts';

const { accent, ink, inkSoft } = theme.colors.light;

/** What it costs, and louder, what it saves. The lower left stays free: the page puts a link there. */
export default function Price({ price, saving }: Shows<'price'>) {
  const { shape, measure } = useSheet();
  const wide = shape === 'wide';
  return (
    <Canvas ground="paper">
      <div
        style={{
          display: 'flex',
          flexDirection: 'column',
          justifyContent: wide ? 'flex-start' : 'center',
          gap: wide ? 28 : shape === 'tall' ? 80 : 36,
          height: '100%',
          paddingBottom: 110,
        }}
      >
        <Sum {...price} size={wide ? 88 : 80} color={ink} soft={inkSoft} width={measure} from={0} />
        <Sum {...saving} size={wide ? 150 : 108} color={accent} soft={inkSoft} width={measure} from={10} />
      </div>
    </Canvas>
  );
}
