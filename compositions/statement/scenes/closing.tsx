import { theme } from '../../../templates/theme.ts';
import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { Figure } from '../../kit/figure.tsx';
import { Mark } from '../../kit/mark.tsx';
import { useRise } from '../../kit/motion.ts';
import { Fitted, Text } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';

const { glow } = theme.colors.light;

export default function Closing({ title, balance, monthly, plan }: Shows<'closing'>) {
  const { shape, measure } = useSheet();
  const wide = shape === 'wide';
  const rises = [useRise(2), useRise(10), useRise(22), useRise(46), useRise(62, 0)] as const;
  const column = Math.min(measure, 1000);
  return (
    <Canvas ground="night" stays>
      <div
        style={{ display: 'flex', flexDirection: 'column', justifyContent: 'space-between', height: '100%' }}
      >
        <div>
          <Fitted
            size={wide ? 60 : 50}
            min={30}
            lines={wide ? 1 : 2}
            width={measure}
            weight="strong"
            line={1.15}
            style={rises[0]}
          >
            {title}
          </Fitted>
          <Text size={32} style={{ ...rises[1], maxWidth: column, marginTop: 16 }}>
            {balance}
          </Text>
        </div>
        <div>
          <Fitted
            size={wide ? 160 : 120}
            min={48}
            lines={1}
            width={measure}
            weight="strong"
            color={glow}
            line={1.15}
            style={rises[2]}
            show={(it) => <Figure from={24}>{it}</Figure>}
          >
            {monthly}
          </Fitted>
          <Text size={32} style={{ ...rises[3], maxWidth: column, marginTop: 4 }}>
            {plan}
          </Text>
        </div>
        <Mark style={rises[4]} />
      </div>
    </Canvas>
  );
}
