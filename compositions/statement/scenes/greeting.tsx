import { theme } from '../../../templates/theme.ts';
import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { Mark } from '../../kit/mark.tsx';
import { useRise } from '../../kit/motion.ts';
import { Fitted, Text } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';

const { onNightSoft, glow } = theme.colors.light;

/** The lower right corner stays free: the poster, which is a frame of this scene, has its play button there. */
export default function Greeting({ greeting, title, intro, period }: Shows<'greeting'>) {
  const { shape, measure } = useSheet();
  const wide = shape === 'wide';
  const rises = [useRise(2, 0), useRise(6), useRise(12, 48), useRise(26)] as const;
  return (
    <Canvas ground="night">
      <div style={{ display: 'flex', flexDirection: 'column', height: '100%' }}>
        <Mark style={rises[0]} />
        <div style={{ marginBlock: 'auto', paddingBottom: wide ? 40 : 72 }}>
          <div style={{ ...rises[1], display: 'flex', flexWrap: 'wrap', columnGap: 18 }}>
            <Text size={26} weight="medium" color={glow}>
              {title}
            </Text>
            <Text size={26} color={onNightSoft}>
              {period}
            </Text>
          </div>
          <Fitted
            size={wide ? 124 : 96}
            min={44}
            lines={wide ? 2 : 4}
            line={1.06}
            weight="strong"
            width={measure}
            style={{ ...rises[2], marginTop: 16 }}
          >
            {greeting}
          </Fitted>
          <Text
            size={wide ? 36 : 32}
            color={onNightSoft}
            style={{ ...rises[3], maxWidth: Math.min(measure, 860), marginTop: 22 }}
          >
            {intro}
          </Text>
        </div>
      </div>
    </Canvas>
  );
}
