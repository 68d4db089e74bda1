import { theme } from '../../../templates/theme.ts';
import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { useRise } from '../../kit/motion.ts';
import { Fitted } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';
import { Rays } from '../parts/rays.tsx';

export default function Because({ because, light, note }: Shows<'because'>) {
  const { shape, measure, width, height } = useSheet();
  const wide = shape === 'wide';
  const rises = [useRise(2), useRise(40, 12)] as const;
  return (
    <Canvas ground="night">
      <div style={{ position: 'absolute', left: 0, bottom: 0, width, height: height * 0.52 }}>
        <Rays light={light} from={6} width={width} height={height * 0.52} />
      </div>
      <div style={{ position: 'relative' }}>
        <Fitted
          size={wide ? 52 : 44}
          min={22}
          lines={7}
          height={height * 0.38}
          width={wide ? measure * 0.92 : measure}
          weight="medium"
          line={1.2}
          style={{ ...rises[0], textWrap: 'pretty' }}
        >
          {because}
        </Fitted>
        <Fitted
          size={26}
          min={18}
          lines={2}
          width={measure}
          color={theme.colors.light.glow}
          style={{ ...rises[1], marginTop: 18 }}
        >
          {note}
        </Fitted>
      </div>
    </Canvas>
  );
}
