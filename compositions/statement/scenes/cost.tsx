import { theme } from '../../../templates/theme.ts';
import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { Figure } from '../../kit/figure.tsx';
import { useRise } from '../../kit/motion.ts';
import { Fitted, Text } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';
import { SplitBar } from '../parts/split-bar.tsx';

const { inkSoft, accent } = theme.colors.light;

export default function Cost({ title, total, sentence, energy, baseFee }: Shows<'cost'>) {
  const { shape, measure } = useSheet();
  const wide = shape === 'wide';
  const rises = [useRise(2), useRise(6), useRise(50), useRise(58)] as const;
  return (
    <Canvas ground="paper">
      <div style={{ display: 'flex', flexDirection: 'column', height: '100%' }}>
        <div style={{ marginBlock: 'auto' }}>
          <Fitted size={34} min={24} lines={2} width={measure} color={inkSoft} line={1.2} style={rises[0]}>
            {title}
          </Fitted>
          <Fitted
            size={wide ? 220 : 132}
            min={48}
            lines={1}
            width={measure}
            weight="strong"
            color={accent}
            line={1.12}
            style={rises[1]}
            show={(text) => <Figure from={8}>{text}</Figure>}
          >
            {total}
          </Fitted>
          <Text size={30} style={{ ...rises[2], marginTop: 8, maxWidth: Math.min(measure, 900) }}>
            {sentence}
          </Text>
        </div>
        <SplitBar energy={energy} baseFee={baseFee} from={56} width={measure} style={rises[3]} />
      </div>
    </Canvas>
  );
}
