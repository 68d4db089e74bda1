import { AbsoluteFill, useCurrentFrame } from 'remotion';
import { theme } from '../../templates/theme.ts';
import { round } from './motion.ts';

const { glow } = theme.colors.light;

/** Northern light low over the horizon: three veils that drift, slow enough not to draw the eye from the words. */
export function Aurora() {
  const frame = useCurrentFrame();
  const sway = (period: number, phase: number) => round(Math.sin((frame / period) * Math.PI * 2 + phase) * 4);
  return (
    <AbsoluteFill style={{ overflow: 'hidden' }}>
      <Veil at={`${62 + sway(260, 0)}% ${104 + sway(190, 1)}%`} size="74% 62%" color={`${glow}52`} />
      <Veil at={`${88 + sway(230, 2)}% ${88 + sway(210, 0)}%`} size="46% 70%" color="#2f6fb83d" />
      <Veil at={`${20 + sway(280, 4)}% ${112 + sway(240, 3)}%`} size="60% 46%" color="#1d8f8a47" />
    </AbsoluteFill>
  );
}

function Veil({ at, size, color }: { readonly at: string; readonly size: string; readonly color: string }) {
  return (
    <AbsoluteFill style={{ background: `radial-gradient(${size} at ${at}, ${color}, transparent 70%)` }} />
  );
}
