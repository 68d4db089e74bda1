import { theme } from '../../../templates/theme.ts';
import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { Mark } from '../../kit/mark.tsx';
import { useRise } from '../../kit/motion.ts';
import { Fitted, Text } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';

const { glow } = theme.colors.light;
const room = { wide: 240, square: 300, tall: 400 } as const;

/** The lower right corner stays free: the poster, which is a frame of this scene, has its play button there. */
export default function Greeting({ greeting, headline, title }: Shows<'greeting'>) {
  const { shape, measure } = useSheet();
  const wide = shape === 'wide';
  const rises = [useRise(0), useRise(4, 48), useRise(12, 36)] as const;
  return (
    <Canvas ground="night">
      <Mark />
      <div style={{ marginTop: wide ? 92 : shape === 'tall' ? 170 : 70 }}>
        <Text size={26} weight="medium" color={glow} style={rises[0]}>
          {title}
        </Text>
        <Fitted
          size={wide ? 116 : 92}
          min={20}
          lines={4}
          height={room[shape]}
          width={measure}
          weight="strong"
          line={1.06}
          style={{ ...rises[1], marginTop: 10 }}
        >
          {`${greeting},`}
        </Fitted>
        <Fitted
          size={wide ? 64 : 52}
          min={32}
          lines={wide ? 2 : 4}
          width={wide ? measure * 0.78 : measure}
          weight="medium"
          line={1.14}
          style={{ ...rises[2], marginTop: 8 }}
        >
          {headline}
        </Fitted>
      </div>
    </Canvas>
  );
}
