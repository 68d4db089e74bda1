import type { ReactNode } from 'react';
import { theme } from '../../../templates/theme.ts';
import { round, useProgress, useTravel } from '../../kit/motion.ts';

const { accent, accentSoft, ink } = theme.colors.light;

/** What is done, in 160 × 120 pixels: one stroke, one tint, and the one part that the tip is about in the accent. */
const drawings: Readonly<Record<string, { readonly still: ReactNode; readonly about: ReactNode }>> = {
  standby: {
    still: (
      <>
        <rect x="14" y="58" width="104" height="36" rx="18" />
        <path d="M118 76h14c10 0 14-6 14-16V22" />
        <circle cx="38" cy="76" r="7" />
        <circle cx="62" cy="76" r="7" />
      </>
    ),
    about: (
      <>
        <rect x="82" y="66" width="24" height="20" rx="6" fill={accentSoft} />
        <path d="M94 70v6" />
      </>
    ),
  },
  light: {
    still: (
      <path d="M80 16c-20 0-34 15-34 33 0 13 7 20 13 28 3 4 4 8 4 13h34c0-5 1-9 4-13 6-8 13-15 13-28 0-18-14-33-34-33zM66 104h28" />
    ),
    about: <path d="M80 74V58m0 0-10-10m10 10 10-10M22 48h10m96 0h10M38 12l7 7m77-7-7 7" />,
  },
  wash: {
    still: (
      <>
        <rect x="36" y="8" width="88" height="104" rx="12" />
        <path d="M36 34h88M52 21h18" />
        <circle cx="80" cy="72" r="28" />
      </>
    ),
    about: <path d="M54 74c8-8 16-8 26 0s18 8 26 0M106 21h2" />,
  },
  dry: {
    still: <path d="M8 18c48 12 96 12 144 0M44 25v8m72-8v8" />,
    about: (
      <path
        fill={accentSoft}
        d="M58 32 44 38 24 56l14 16 12-8v48h60V64l12 8 14-16-20-18-14-6c-2 10-10 16-22 16s-20-6-22-16z"
      />
    ),
  },
  cook: {
    still: <path d="M34 56h92v38c0 10-8 18-18 18H52c-10 0-18-8-18-18zM34 68H16m110 0h18" />,
    about: <path fill={accentSoft} d="M30 56c4-16 22-26 50-26s46 10 50 26zM80 30v-8m-8-2h16" />,
  },
};

export function TipPicture({ id, from, height }: { id: string; from: number; height: number }) {
  const drawn = useTravel(from, 34);
  const about = useProgress(from + 20, 24);
  const drawing = drawings[id];
  if (!drawing) return null;
  return (
    <svg
      width={(height / 120) * 160}
      height={height}
      viewBox="0 0 160 120"
      fill="none"
      strokeWidth="5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <g stroke={ink} opacity={round(drawn)}>
        {drawing.still}
      </g>
      <g stroke={accent} opacity={round(about)} transform={`translate(0 ${round((1 - about) * -14)})`}>
        {drawing.about}
      </g>
    </svg>
  );
}
