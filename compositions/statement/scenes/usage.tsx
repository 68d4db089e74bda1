import { theme } from '../../../templates/theme.ts';
import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { Figure } from '../../kit/figure.tsx';
import { beat, useRise } from '../../kit/motion.ts';
import { Fitted } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';
import { Legend } from '../parts/legend.tsx';
import { MonthBars } from '../parts/month-bars.tsx';
import { YearSheet } from '../parts/year-sheet.tsx';

const { inkSoft, accent } = theme.colors.light;

export default function Usage({ title, total, sentence, months, thisYear, lastYear }: Shows<'usage'>) {
  const wide = useSheet().shape === 'wide';
  const rises = [
    useRise(0, 20, beat.quick),
    useRise(3, 28, beat.quick),
    useRise(20, 20, beat.quick),
    useRise(8, 0, beat.quick),
  ] as const;
  return (
    <Canvas ground="paper">
      <YearSheet
        title={title}
        titleStyle={rises[0]}
        words={(width) => (
          <>
            <Fitted
              size={wide ? 84 : 78}
              min={30}
              lines={1}
              width={width}
              weight="strong"
              color={accent}
              line={1.15}
              style={rises[1]}
              show={(text) => (
                <Figure from={3} duration={34}>
                  {text}
                </Figure>
              )}
            >
              {total}
            </Fitted>
            <Fitted size={28} min={20} lines={wide ? 4 : 2} width={width} color={inkSoft} style={rises[2]}>
              {sentence}
            </Fitted>
          </>
        )}
        chart={(size) => (
          <>
            <Legend thisYear={thisYear} lastYear={lastYear} style={rises[3]} />
            <MonthBars months={months} from={2} {...size} />
          </>
        )}
      />
    </Canvas>
  );
}
