import { AbsoluteFill, Easing, Img, useCurrentFrame, useVideoConfig } from 'remotion';
import { theme } from '../../templates/theme.ts';
import { round } from './motion.ts';
import { paintSky } from './paint-sky.ts';
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

const stretch = 1.25;

/**
 * `comes`: rises and calms down. `rests`: stands as it stood then, so that a scene of one person costs no frame for its sky.
 * `stirs`: sets out again from there.
 */
export type Light = 'comes' | 'rests' | 'stirs';

/** Northern light low over the horizon: three veils that sway, slow enough not to draw the eye from the words. */
export function Aurora({ light }: { readonly light: Light }) {
  return (
    <AbsoluteFill style={{ overflow: 'hidden' }}>
      {light === 'rests' ? <Resting /> : <Swaying light={light} />}
    </AbsoluteFill>
  );
}

let pictures: readonly string[] | null = null;

/** The veils are painted once and then only moved: a blur anew for every frame would take more time than all else together. */
function Swaying({ light }: { readonly light: Exclude<Light, 'rests'> }) {
  const { width, height } = useVideoConfig();
  const { sway, strength } = useLight(light);
  pictures ??= veils.map((it) => paintVeil(it).toDataURL('image/png'));
  const { angle, stops } = wideShade;
  const shade = stops.map(([share, color]) => `${color} ${share * 100}%`).join(', ');
  return (
    <>
      {veils.map((veil, index) => {
        const [x, y] = placeOf(veil, sway);
        const lift = (1 - strength) * (10 + 9 * index);
        const transform = `translate(${round(x * 100)}%, ${round(y * 100 + lift)}%) scale(${stretch})`;
        return (
          <AbsoluteFill key={veil.period} style={{ transform, opacity: round(strength) }}>
            <Img src={pictures?.[index] ?? ''} style={{ width: '100%', height: '100%' }} />
          </AbsoluteFill>
        );
      })}
      <AbsoluteFill
        style={{ background: width > height ? `linear-gradient(${angle}deg, ${shade})` : tallShade }}
      />
    </>
  );
}

const skies = new Map<string, string>();

/** Stretching three veils over the frame takes 16 ms, laying down one picture of its size one: most scenes of one person stand on it. */
function Resting() {
  const { width, height } = useVideoConfig();
  const size = `${width}x${height}`;
  const sky = skies.get(size) ?? paintSky(restingSky(width > height), width, height);
  skies.set(size, sky);
  return <Img src={sky} style={{ width: '100%', height: '100%' }} />;
}

function restingSky(isWide: boolean) {
  return {
    ground: night,
    veils: veils.map((veil) => ({ veil, shift: placeOf(veil, 0), stretch })),
    shade: isWide ? wideShade : tallShade,
  };
}

// Words stand on the left of a wide film and all over a narrow one; the light is strongest where they are not.
const wideShade = {
  angle: 100,
  stops: [
    [0.18, `${night}e6`],
    [0.78, `${night}00`],
  ],
} as const;
const tallShade = `${night}80`;

/** Shares of the frame. */
function placeOf({ period, phase }: { readonly period: number; readonly phase: number }, sway: number) {
  const turn = (sway / period) * Math.PI * 2 + phase;
  return [Math.sin(turn) * 0.05, Math.cos(turn) * 0.016] as const;
}

/** Frames of sway away from where the light rests; it gains and loses speed without a jolt. */
function useLight(light: Exclude<Light, 'rests'>): { readonly sway: number; readonly strength: number } {
  const frame = useCurrentFrame();
  const { durationInFrames } = useVideoConfig();
  const last = durationInFrames - 1;
  const far = durationInFrames * 1.2;
  if (light === 'stirs') return { sway: far * (frame / last) ** 2, strength: 1 };
  const left = 1 - frame / last;
  return { sway: -far * left ** 2, strength: 1 - Easing.cubic(left) };
}
