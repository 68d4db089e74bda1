import { theme } from '../../../templates/theme.ts';
import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { Figure } from '../../kit/figure.tsx';
import { useRise } from '../../kit/motion.ts';
import { Fitted, Text } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';
import { Legend } from '../parts/legend.tsx';
import { MonthBars } from '../parts/month-bars.tsx';

const { inkSoft, accent } = theme.colors.light;

export default function Usage({ title, total, sentence, months, thisYear, lastYear }: Shows<'usage'>) {
  const { shape, measure, height, margin } = useSheet();
  const wide = shape === 'wide';
  const words = wide ? 388 : measure;
  const chart = wide
    ? { width: measure - words - 72, height: height - 2 * margin - 52 }
    : { width: measure, height: shape === 'tall' ? 480 : 330 };
  const rises = [useRise(2), useRise(8), useRise(62), useRise(24, 0)] as const;
  return (
    <Canvas ground="paper">
      <div
        style={{
          display: 'flex',
          flexDirection: wide ? 'row' : 'column',
          justifyContent: 'space-between',
          alignItems: 'stretch',
          height: '100%',
        }}
      >
        <div style={{ width: words, alignSelf: wide ? 'center' : 'auto' }}>
          <Fitted size={34} min={24} lines={2} width={words} color={inkSoft} line={1.2} style={rises[0]}>
            {title}
          </Fitted>
          <Fitted
            size={wide ? 84 : 78}
            min={36}
            lines={1}
            width={words}
            weight="strong"
            color={accent}
            line={1.15}
            style={rises[1]}
            show={(text) => <Figure from={8}>{text}</Figure>}
          >
            {total}
          </Fitted>
          <Text size={wide ? 30 : 28} style={{ ...rises[2], marginTop: 16 }}>
            {sentence}
          </Text>
        </div>
        <div style={{ alignSelf: wide ? 'flex-end' : 'auto' }}>
          <Legend thisYear={thisYear} lastYear={lastYear} style={rises[3]} />
          <MonthBars months={months} from={10} {...chart} />
        </div>
      </div>
    </Canvas>
  );
}
