import { AbsoluteFill } from 'remotion';
import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { Mark } from '../../kit/mark.tsx';
import { useRise } from '../../kit/motion.ts';
import { Fitted } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';
import { OfferPicture } from '../parts/offer-picture.tsx';

/** The offer's picture under the northern light, before a word of it is said. */
export default function Opening({ id, title }: Shows<'opening'>) {
  const { shape, measure, width, height } = useSheet();
  const rises = [useRise(4, 0), useRise(14, 40)] as const;
  const wide = shape === 'wide';
  return (
    <Canvas ground="night" light="comes">
      <AbsoluteFill style={{ top: 'auto', bottom: 0, left: 0, width, height: wide ? '100%' : '68%' }}>
        <OfferPicture id={id} from={6} width={width} height={wide ? height : height * 0.68} />
      </AbsoluteFill>
      <div style={{ position: 'relative' }}>
        <Mark style={rises[0]} />
        <Fitted
          size={wide ? 76 : 64}
          min={36}
          lines={2}
          width={wide ? 420 : measure}
          weight="strong"
          line={1.1}
          style={{ ...rises[1], marginTop: wide ? 44 : 64 }}
        >
          {title}
        </Fitted>
      </div>
    </Canvas>
  );
}
