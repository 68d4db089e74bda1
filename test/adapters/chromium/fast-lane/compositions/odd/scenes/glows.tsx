import { AbsoluteFill, useCurrentFrame } from 'remotion';

/** Leaves ink far out of every box. */
export default function Glows({ how }: { readonly how: 'shadow' | 'filter' | 'marks' }) {
  const frame = useCurrentFrame();
  const far = {
    shadow: { boxShadow: '90px 90px 40px #0f2137' },
    filter: { filter: 'drop-shadow(120px 0 9px #d93a2b)' },
    marks: {},
  }[how];
  return (
    <AbsoluteFill style={{ background: '#fff' }}>
      <div style={{ position: 'absolute', left: 200 + 9 * frame, top: 300, fontSize: 30, ...far }}>
        {how === 'marks' ? `Z${'\u0335\u0306\u030b'.repeat(20)}o` : 'Far'}
      </div>
    </AbsoluteFill>
  );
}
