import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { useRise } from '../../kit/motion.ts';
import { Fitted } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';
import { Waterfall } from '../parts/waterfall.tsx';

export default function Reasons({ title, ...sum }: Shows<'reasons'>) {
  const { shape, measure } = useSheet();
  const rise = useRise(2);
  return (
    <Canvas ground="paper">
      <div
        style={{
          display: 'flex',
          flexDirection: 'column',
          justifyContent: shape === 'tall' ? 'center' : 'space-between',
          gap: 64,
          height: '100%',
        }}
      >
        <Fitted
          size={shape === 'wide' ? 60 : 50}
          min={30}
          lines={2}
          weight="strong"
          width={measure}
          line={1.15}
          style={rise}
        >
          {title}
        </Fitted>
        <Waterfall {...sum} stacked={shape !== 'wide'} width={measure} from={10} />
      </div>
    </Canvas>
  );
}
