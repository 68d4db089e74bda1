import { theme } from '../../../templates/theme.ts';
import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { Mark } from '../../kit/mark.tsx';
import { useRise } from '../../kit/motion.ts';
import { Fitted, Text } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';

const { onNightSoft, glow } = theme.colors.light;

export default function Greeting({ greeting, title, intro, period }: Shows<'greeting'>) {
  const { shape, measure } = useSheet();
  const wide = shape === 'wide';
  const rises = [useRise(2, 0), useRise(8, 48), useRise(20), useRise(32)] as const;
  return (
    <Canvas ground="night">
      <div style={{ display: 'flex', flexDirection: 'column', height: '100%' }}>
        <Mark style={rises[0]} />
        <div style={{ marginBlock: 'auto' }}>
          <Fitted
            size={wide ? 116 : 92}
            min={44}
            lines={wide ? 2 : 4}
            line={1.06}
            weight="strong"
            width={measure}
            style={rises[1]}
          >
            {greeting}
          </Fitted>
          <Text
            size={wide ? 34 : 30}
            color={onNightSoft}
            style={{ ...rises[2], maxWidth: Math.min(measure, 860), marginTop: 28 }}
          >
            {intro}
          </Text>
        </div>
        <div style={{ ...rises[3], display: 'flex', flexWrap: 'wrap', columnGap: 20, rowGap: 4 }}>
          <Text size={24} weight="medium" color={glow}>
            {title}
          </Text>
          <Text size={24} color={onNightSoft}>
            {period}
          </Text>
        </div>
      </div>
    </Canvas>
  );
}
