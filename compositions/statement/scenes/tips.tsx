import { theme } from '../../../templates/theme.ts';
import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { useRise } from '../../kit/motion.ts';
import { Fitted } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';
import { TipCard } from '../parts/tip-card.tsx';

const { ink } = theme.colors.light;

export default function Tips({ title, tips }: Shows<'tips'>) {
  const { shape, measure } = useSheet();
  const wide = shape === 'wide';
  const gap = wide ? 28 : 20;
  const width = wide ? (measure - gap * (tips.length - 1)) / tips.length : measure;
  const rise = useRise(2);
  return (
    <Canvas ground="paper">
      <div style={{ display: 'flex', flexDirection: 'column', gap: wide ? 44 : 28, height: '100%' }}>
        <Fitted
          size={wide ? 60 : 50}
          min={30}
          lines={2}
          weight="strong"
          width={measure}
          line={1.15}
          color={ink}
          style={rise}
        >
          {title}
        </Fitted>
        <div style={{ display: 'flex', flexDirection: wide ? 'row' : 'column', gap, flex: 1 }}>
          {tips.map((tip, index) => (
            <TipCard
              key={tip.title}
              {...tip}
              number={index + 1}
              width={width}
              upright={wide}
              from={12 + index * 14}
            />
          ))}
        </div>
      </div>
    </Canvas>
  );
}
