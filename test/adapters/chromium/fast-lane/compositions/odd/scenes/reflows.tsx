import { AbsoluteFill, useCurrentFrame } from 'remotion';

const places = [0, 50, 100, 150, 200, 250];

/** All that moves its neighbours: words in a line, blocks one below the other, what is taller than its box, what comes and goes. */
export default function Reflows() {
  const frame = useCurrentFrame();
  return (
    <AbsoluteFill style={{ background: '#fff', fontSize: 26 }}>
      <div style={{ position: 'absolute', left: 40, top: 40, width: 420 }}>
        <p>
          Words <b style={{ paddingInline: frame }}>that push</b> others, line by line, until they wrap
          <i> and wrap</i>, <span>{'again '.repeat(1 + (frame % 7))}</span> and the rest.
        </p>
        <p style={{ marginTop: frame % 5 }}>Below them all.</p>
      </div>
      <div style={{ position: 'absolute', left: 560, top: 60, height: 0, whiteSpace: 'nowrap', width: 10 }}>
        Outside of its box at {frame}
      </div>
      <div style={{ position: 'absolute', left: 560, top: 140, display: 'flex', gap: 8 }}>
        {places.slice(0, 1 + (frame % 6)).map((hue) => (
          <span key={hue} style={{ width: 40 + frame, height: 30, background: `hsl(${hue} 60% 50%)` }} />
        ))}
      </div>
      <div style={{ position: 'absolute', left: 560, top: 260, width: 200, height: 60, overflow: 'hidden' }}>
        <div style={{ transform: `translateY(${-2 * frame}px) rotate(${frame}deg)`, fontSize: 60 }}>
          Äg{frame}
        </div>
        <div style={{ position: 'absolute', opacity: 0.5 + frame / 60 }}>held by none</div>
      </div>
      <svg width="200" height="120" style={{ position: 'absolute', left: 560, top: 380 }} aria-hidden="true">
        <circle cx={100} cy={60} r={frame * 3} stroke="#d93a2b" strokeWidth="9" fill="none" />
      </svg>
      <div
        style={{
          position: 'absolute',
          left: 860,
          top: 380,
          lineHeight: 0.6,
          fontSize: 90,
          opacity: frame / 30,
        }}
      >
        ÅÇqj
      </div>
    </AbsoluteFill>
  );
}
