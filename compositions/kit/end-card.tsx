import { theme } from '../../templates/theme.ts';
import { Canvas, useSheet } from './canvas.tsx';
import { Mark } from './mark.tsx';
import { useRise } from './motion.ts';
import { Fitted, Text } from './text.tsx';

interface Props {
  readonly text: string;
  readonly note: string;
}

/** The last words, under a light that sets out again. The lower left stays free: the page puts a link there. */
export function EndCard({ text, note }: Props) {
  const { shape, measure } = useSheet();
  const wide = shape === 'wide';
  const rises = [useRise(0, 0), useRise(6, 48), useRise(18)] as const;
  return (
    <Canvas ground="night" light="stirs" stays>
      <Mark style={rises[0]} />
      <div
        style={{
          height: '100%',
          display: 'flex',
          flexDirection: 'column',
          justifyContent: 'center',
          gap: 18,
          paddingBottom: 120,
        }}
      >
        <Fitted
          size={wide ? 92 : 72}
          min={36}
          lines={wide ? 2 : 4}
          width={wide ? measure * 0.86 : measure}
          weight="strong"
          line={1.08}
          style={rises[1]}
        >
          {text}
        </Fitted>
        <Text size={32} color={theme.colors.light.onNightSoft} style={rises[2]}>
          {note}
        </Text>
      </div>
    </Canvas>
  );
}
