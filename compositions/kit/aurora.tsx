import { AbsoluteFill, Easing, Img, useCurrentFrame, useVideoConfig } from 'remotion';
import { theme } from '../../templates/theme.ts';
import { round } from './motion.ts';
import { paintVeil, type Veil } from './paint-veil.ts';

const { night } = theme.colors.light;

/** `period`: frames for one sway. */
const veils: readonly (Veil & { readonly period: number })[] = [
  {
    color: [63, 127, 208],
    opacity: 0.42,
    hem: 0.76,
    reach: 0.66,
    swing: 0.07,
    waves: 1.1,
    phase: 1.1,
    period: 520,
  },
  {
    color: [94, 226, 188],
    opacity: 0.36,
    hem: 0.88,
    reach: 0.54,
    swing: 0.06,
    waves: 1.7,
    phase: 1.5,
    period: 420,
  },
  {
    color: [31, 163, 154],
    opacity: 0.5,
    hem: 1.0,
    reach: 0.46,
    swing: 0.05,
    waves: 1.3,
    phase: 1.9,
    period: 360,
  },
];

let pictures: readonly string[] | null = null;

/**
 * `comes`: rises and calms down. `rests`: stands as it stood then, so that a scene of one person costs no frame for its sky.
 * `stirs`: sets out again from there.
 */
export type Light = 'comes' | 'rests' | 'stirs';

/**
 * Northern light low over the horizon: three veils that sway, slow enough not to draw the eye from the words. They are
 * painted once and then only moved: a blur anew for every frame would take more time than all else together.
 */
export function Aurora({ light }: { readonly light: Light }) {
  const { width, height } = useVideoConfig();
  const { sway, strength } = useLight(light);
  pictures ??= veils.map(paintVeil);
  // Words stand on the left of a wide film and all over a narrow one; the light is strongest where they are not.
  const shade = width > height ? `linear-gradient(100deg, ${night}e6 18%, ${night}00 78%)` : `${night}80`;
  return (
    <AbsoluteFill style={{ overflow: 'hidden' }}>
      {veils.map(({ period, phase }, index) => {
        const turn = (sway / period) * Math.PI * 2 + phase;
        const lift = (1 - strength) * (10 + 9 * index);
        const transform = `translate(${round(Math.sin(turn) * 5)}%, ${round(Math.cos(turn) * 1.6 + lift)}%) scale(1.25)`;
        return (
          <AbsoluteFill key={period} style={{ transform, opacity: round(strength) }}>
            <Img src={pictures?.[index] ?? ''} style={{ width: '100%', height: '100%' }} />
          </AbsoluteFill>
        );
      })}
      <AbsoluteFill style={{ background: shade }} />
    </AbsoluteFill>
  );
}

/** Frames of sway away from where the light rests; it gains and loses speed without a jolt. */
function useLight(light: Light): { readonly sway: number; readonly strength: number } {
  const frame = useCurrentFrame();
  const { durationInFrames } = useVideoConfig();
  const last = durationInFrames - 1;
  const far = durationInFrames * 1.2;
  if (light === 'rests') return { sway: 0, strength: 1 };
  if (light === 'stirs') return { sway: far * (frame / last) ** 2, strength: 1 };
  const left = 1 - frame / last;
  return { sway: -far * left ** 2, strength: 1 - Easing.cubic(left) };
}
