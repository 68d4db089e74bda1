import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { useRise } from '../../kit/motion.ts';
import { Fitted } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';
import { BenefitCard } from '../parts/benefit-card.tsx';

export default function Benefits({ title, benefits }: Shows<'benefits'>) {
  const { shape, measure, height, margin } = useSheet();
  const wide = shape === 'wide';
  const gap = wide ? 28 : 20;
  const head = wide ? 112 : 92;
  const inner = height - 2 * margin - head;
  const size = wide
    ? { width: (measure - gap * (benefits.length - 1)) / benefits.length, height: inner }
    : { width: measure, height: Math.min(250, (inner - gap * (benefits.length - 1)) / benefits.length) };
  const rise = useRise(0);
  return (
    <Canvas ground="paper" day="ends">
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
        {benefits.map((benefit, index) => (
          <BenefitCard
            key={benefit.title}
            benefit={benefit}
            number={index + 1}
            {...size}
            upright={wide}
            from={8 + index * 12}
          />
        ))}
      </div>
    </Canvas>
  );
}
