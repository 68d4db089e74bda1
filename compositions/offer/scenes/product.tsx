import { theme } from '../../../templates/theme.ts';
import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { useRise } from '../../kit/motion.ts';
import { Fitted } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';
import { OfferPicture } from '../parts/offer-picture.tsx';

const { inkSoft, night } = theme.colors.light;

export default function Product({ id, name, summary }: Shows<'product'>) {
  const { shape, measure, room: inner } = useSheet();
  const wide = shape === 'wide';
  const words = wide ? 420 : measure;
  const picture = wide
    ? { width: measure - words - 64, height: inner }
    : { width: measure, height: shape === 'tall' ? 560 : 360 };
  const rises = [useRise(10, 60), useRise(16), useRise(24)] as const;
  return (
    <Canvas ground="paper" day="breaks">
      <div
        style={{
          height: '100%',
          display: 'flex',
          flexDirection: wide ? 'row-reverse' : 'column',
          alignItems: wide ? 'center' : 'flex-start',
          justifyContent: wide ? 'space-between' : 'center',
          gap: wide ? 64 : 36,
        }}
      >
        <div
          style={{
            ...rises[0],
            ...picture,
            overflow: 'hidden',
            borderRadius: theme.radius.large,
            background: `linear-gradient(${night}, #173A63 78%, #1C4A70)`,
          }}
        >
          <OfferPicture id={id} from={18} {...picture} />
        </div>
        <div>
          <Fitted
            size={wide ? 62 : 54}
            min={30}
            lines={3}
            width={words}
            weight="strong"
            line={1.1}
            style={rises[1]}
          >
            {name}
          </Fitted>
          <Fitted
            size={32}
            min={22}
            lines={4}
            width={words}
            color={inkSoft}
            style={{ ...rises[2], marginTop: 16 }}
          >
            {summary}
          </Fitted>
        </div>
      </div>
    </Canvas>
  );
}
