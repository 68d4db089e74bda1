import { theme } from '../../../templates/theme.ts';
import { Canvas } from '../../kit/canvas.tsx';
import { useLeave, useRise } from '../../kit/motion.ts';
import { Text } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';
import { MonthAxis } from '../parts/month-axis.tsx';
import { SunPath } from '../parts/sun-path.tsx';
import { YearSheet } from '../parts/year-sheet.tsx';

/** Line and months stay for the scene that follows: there the person's own year grows on them. */
export default function Year({ title, text, daylight, months }: Shows<'year'>) {
  const rises = [useRise(10), useRise(18)] as const;
  const leave = useLeave();
  return (
    <Canvas ground="paper" day="breaks" stays>
      <YearSheet
        title={title}
        titleStyle={{ ...rises[0], opacity: Math.min(Number(rises[0].opacity), Number(leave.opacity)) }}
        words={() => (
          <div style={leave}>
            <Text size={30} color={theme.colors.light.inkSoft} style={rises[1]}>
              {text}
            </Text>
          </div>
        )}
        chart={(size) => (
          <>
            <SunPath months={months} label={daylight} from={12} {...size} />
            <MonthAxis months={months.map(({ short }) => short)} width={size.width} from={8} />
          </>
        )}
      />
    </Canvas>
  );
}
