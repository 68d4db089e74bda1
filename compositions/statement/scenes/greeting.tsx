import { theme } from '../../../templates/theme.ts';
import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { beat, useRise } from '../../kit/motion.ts';
import { Fitted, Text } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';
import { Overture } from '../parts/overture.tsx';

const { onNightSoft } = theme.colors.light;
/** Design pixels for the greeting: large for a short name, in more and smaller lines for a long one. */
const room = { wide: 270, square: 310, tall: 430 } as const;

/** The lower right corner stays free: the poster, which is a frame of this scene, has its play button there. */
export default function Greeting({ greeting, title, intro, period }: Shows<'greeting'>) {
  const { shape, measure } = useSheet();
  const wide = shape === 'wide';
  const rises = [useRise(0, 48, beat.calm), useRise(8, 28, beat.calm)] as const;
  return (
    <Canvas ground="night">
      <Overture title={title} period={period}>
        <Fitted
          size={wide ? 124 : 96}
          min={20}
          lines={4}
          height={room[shape]}
          line={1.06}
          weight="strong"
          width={measure}
          style={{ ...rises[0], marginTop: 10 }}
        >
          {greeting}
        </Fitted>
        <Text
          size={wide ? 36 : 32}
          color={onNightSoft}
          style={{ ...rises[1], maxWidth: Math.min(measure, wide ? 860 : measure - 120), marginTop: 20 }}
        >
          {intro}
        </Text>
      </Overture>
    </Canvas>
  );
}
