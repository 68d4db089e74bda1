import { theme } from '../../../templates/theme.ts';
import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { Figure } from '../../kit/figure.tsx';
import { beat, round, useProgress, useRise } from '../../kit/motion.ts';
import { Fitted } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';
import { SplitBar, usualShare } from '../parts/split-bar.tsx';

const { inkSoft, accent } = theme.colors.light;

export default function Cost({ title, total, sentence, energy, baseFee }: Shows<'cost'>) {
  const { shape, measure } = useSheet();
  const wide = shape === 'wide';
  const rises = [
    useRise(0, 20, beat.quick),
    useRise(2, 28, beat.quick),
    useRise(14, 20, beat.quick),
    useRise(8, 12, beat.quick),
  ] as const;
  const way = useProgress(2, 22);
  return (
    <Canvas ground="paper">
      <div style={{ display: 'flex', flexDirection: 'column', height: '100%' }}>
        <div style={{ marginBlock: 'auto' }}>
          <Fitted size={34} min={24} lines={2} width={measure} color={inkSoft} line={1.2} style={rises[0]}>
            {title}
          </Fitted>
          <Fitted
            size={wide ? 200 : 132}
            min={30}
            lines={1}
            width={measure}
            weight="strong"
            color={accent}
            line={1.12}
            style={rises[1]}
            show={(text) => (
              <Figure from={2} duration={26}>
                {text}
              </Figure>
            )}
          >
            {total}
          </Fitted>
          <Fitted
            size={30}
            min={20}
            lines={3}
            width={Math.min(measure, 900)}
            style={{ ...rises[2], marginTop: 8 }}
          >
            {sentence}
          </Fitted>
        </div>
        <SplitBar
          energy={energy}
          baseFee={baseFee}
          share={round((usualShare + (energy.share - usualShare) * way) * 100) / 100}
          detailStyle={rises[3]}
        />
      </div>
    </Canvas>
  );
}
