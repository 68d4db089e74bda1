import { theme } from '../../../templates/theme.ts';
import { round, useProgress } from '../../kit/motion.ts';
import { pane } from './picture-colors.ts';

const { glow, onNight } = theme.colors.light;
/** What the star throws on the sea: left end, top, length, strength. */
const glints = [
  [548, 516, 104, 0.85],
  [572, 538, 70, 0.7],
  [530, 562, 118, 0.5],
  [566, 590, 88, 0.36],
  [544, 622, 96, 0.24],
] as const;

/** The pole star over a calm sea: it stays where it is. */
export function FixPicture({ from }: { readonly from: number }) {
  const star = useProgress(from + 8, 36);
  const hills = useProgress(from, 28);
  const sea = useProgress(from + 26, 30);
  const size = round(star * 1000) / 1000;
  return (
    <>
      <defs>
        <radialGradient id="dearly-halo">
          <stop offset="0" stopColor="#FFF" stopOpacity="0.55" />
          <stop offset="0.3" stopColor={glow} stopOpacity="0.22" />
          <stop offset="1" stopColor={glow} stopOpacity="0" />
        </radialGradient>
        <linearGradient id="dearly-sea" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#1F6672" />
          <stop offset="0.35" stopColor={pane.sea} />
          <stop offset="1" stopColor="#0B1830" />
        </linearGradient>
      </defs>
      <g fill={pane.far} transform={`translate(0 ${round((1 - hills) * 60)})`}>
        <path d="M0 500 120 452 210 480 330 430 450 488 560 462 690 500H0z" />
        <path d="M1200 500 1090 446 985 486 880 458 760 500h440z" />
      </g>
      <rect y="498" width="1200" height="277" fill="url(#dearly-sea)" />
      <g transform={`translate(600 212) scale(${size})`}>
        <circle r="230" fill="url(#dearly-halo)" />
        <path d="M0-120 17-17 120 0 17 17 0 120-17 17-120 0-17-17z" fill={onNight} />
      </g>
      {glints.map(([x, y, width, opacity]) => (
        <rect
          key={y}
          x={round(x + (width / 2) * (1 - sea))}
          y={y}
          width={round(width * sea)}
          height="5"
          rx="2.5"
          fill={onNight}
          opacity={opacity}
        />
      ))}
    </>
  );
}
