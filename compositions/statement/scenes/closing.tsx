import { theme } from '../../../templates/theme.ts';
import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { Figure } from '../../kit/figure.tsx';
import { Mark } from '../../kit/mark.tsx';
import { useRise } from '../../kit/motion.ts';
import { Fitted, Text } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';

const { onNightSoft, glow } = theme.colors.light;

export default function Closing({ title, balance, monthly, plan }: Shows<'closing'>) {
  const { shape, measure } = useSheet();
  const wide = shape === 'wide';
  const rises = [useRise(2), useRise(10), useRise(22), useRise(44), useRise(60)] as const;
  const column = Math.min(measure, 900);
  return (
    <Canvas ground="night" stays>
      <div style={{ display: 'flex', flexDirection: 'column', height: '100%' }}>
        <div style={{ marginBlock: 'auto' }}>
          <Fitted size={34} min={26} lines={3} width={column} line={1.3} style={rises[0]}>
            {balance}
          </Fitted>
          <Fitted
            size={wide ? 150 : 108}
            min={48}
            lines={1}
            width={measure}
            weight="strong"
            color={glow}
            line={1.15}
            style={{ ...rises[1], marginTop: 28 }}
            show={(it) => <Figure from={14}>{it}</Figure>}
          >
            {monthly}
          </Fitted>
          <Text size={30} color={onNightSoft} style={{ ...rises[2], maxWidth: column }}>
            {plan}
          </Text>
        </div>
        <div style={rises[3]}>
          <Fitted size={wide ? 44 : 38} min={26} lines={2} width={measure} weight="strong" line={1.2}>
            {title}
          </Fitted>
        </div>
        <Mark style={{ ...rises[4], marginTop: 32 }} />
      </div>
    </Canvas>
  );
}
