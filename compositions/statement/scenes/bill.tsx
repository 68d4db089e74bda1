import { Canvas, useSheet } from '../../kit/canvas.tsx';
import { useLeave, useProgress, useRise } from '../../kit/motion.ts';
import { Fitted } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';
import { Formula } from '../parts/formula.tsx';
import { SplitBar, usualShare } from '../parts/split-bar.tsx';

/** How the amount comes about. The bar stays: in the scene that follows it takes the person's own proportions. */
export default function Bill({ title, words, energyLabel, baseFeeLabel }: Shows<'bill'>) {
  const { shape, measure } = useSheet();
  const leave = useLeave();
  const rises = [useRise(0), useRise(46, 16), useRise(50, 16)] as const;
  const way = useProgress(40, 28);
  return (
    <Canvas ground="paper" stays>
      <div style={{ display: 'flex', flexDirection: 'column', height: '100%' }}>
        <div
          style={{
            flex: 1,
            display: 'flex',
            flexDirection: 'column',

            ...leave,
          }}
        >
          <Fitted
            size={shape === 'wide' ? 60 : 50}
            min={30}
            lines={2}
            weight="strong"
            width={measure}
            line={1.15}
            style={rises[0]}
          >
            {title}
          </Fitted>
          <div style={{ marginBlock: 'auto' }}>
            <Formula words={words} from={8} />
          </div>
        </div>
        <SplitBar
          energy={{ label: energyLabel, detail: words.energyHow }}
          baseFee={{ label: baseFeeLabel, detail: words.feeHow }}
          share={usualShare}
          way={way}
          labelStyle={rises[1]}
          detailStyle={{ ...rises[2], opacity: Math.min(Number(rises[2].opacity), Number(leave.opacity)) }}
        />
      </div>
    </Canvas>
  );
}
