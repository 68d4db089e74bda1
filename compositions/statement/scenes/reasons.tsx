import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { useRise } from '../../kit/motion.ts';
import { Fitted } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';
import { Lever } from '../parts/lever.tsx';

/** One of a handful of cases: price up or down, used more or less. */
export default function Reasons({ title, levers }: Shows<'reasons'>) {
  const { shape, measure, height, margin } = useSheet();
  const wide = shape === 'wide';
  const gap = 28;
  const head = wide ? 112 : 96;
  const inner = height - 2 * margin - head;
  const size = wide
    ? { width: (measure - gap) / 2, height: inner }
    : { width: measure, height: Math.min(380, (inner - gap) / 2) };
  const rise = useRise(0);
  return (
    <Canvas ground="paper">
      <div style={{ height: head }}>
        <Fitted
          size={wide ? 60 : 50}
          min={30}
          lines={1}
          weight="strong"
          width={measure}
          line={1.15}
          style={rise}
        >
          {title}
        </Fitted>
      </div>
      <div style={{ display: 'flex', flexDirection: wide ? 'row' : 'column', gap }}>
        {levers.map((lever, index) => (
          <Lever key={lever.id} {...lever} {...size} from={4 + index * 9} />
        ))}
      </div>
    </Canvas>
  );
}
