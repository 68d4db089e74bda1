import { interpolate, useCurrentFrame } from 'remotion';
import { theme } from '../../../templates/theme.ts';
import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { fitSize } from '../../kit/fit-size.ts';
import { round, useProgress, useRise, useTravel } from '../../kit/motion.ts';
import { Text } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';
import { nameSize, Overture } from '../parts/overture.tsx';

/** The film's name stands large under the northern light, then takes the small place above the person's. */
export default function Opening({ title, period }: Shows<'opening'>) {
  const frame = useCurrentFrame();
  const { shape, measure } = useSheet();
  const size = fitSize({
    text: title,
    family: theme.font.stack,
    weight: theme.font.weight.medium,
    trackingAt: () => 0.01,
    width: measure,
    lines: 1,
    line: 1.35,
    size: shape === 'wide' ? 132 : 96,
    min: nameSize,
  });
  const mark = useRise(4, 0);
  const come = useProgress(8, 34);
  const go = useTravel(58, 26);
  const scale = round(1 + (size / nameSize - 1) * (1 - go));
  const drop = round((1 - go) * 30 + (1 - come) * 56);
  const clamped = { extrapolateLeft: 'clamp', extrapolateRight: 'clamp' } as const;
  const fade = (from: number, to: number) => round(interpolate(frame, [from, to], [0, 1], clamped));
  return (
    <Canvas ground="night" light="comes" stays>
      <Overture
        title={title}
        period={period}
        markStyle={mark}
        titleStyle={{
          transform: `translateY(${drop}px) scale(${scale})`,
          opacity: fade(8, 24),
          whiteSpace: 'nowrap',
        }}
        periodStyle={{ opacity: fade(75, 86) }}
      >
        <Text
          size={32}
          color={theme.colors.light.onNightSoft}
          style={{
            position: 'absolute',
            top: Math.round(size * 1.35) + 30,
            opacity: round(fade(20, 34) * (1 - fade(54, 62))),
          }}
        >
          {period}
        </Text>
      </Overture>
    </Canvas>
  );
}
