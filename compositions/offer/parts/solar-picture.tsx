import { theme } from '../../../templates/theme.ts';
import { round, useProgress } from '../../kit/motion.ts';
import { pane } from './picture-colors.ts';

const { glow } = theme.colors.light;

/** Two panels on a railing; a lit window beside them. */
export function SolarPicture({ from }: { readonly from: number }) {
  const rail = useProgress(from + 4, 26);
  const panels = [useProgress(from + 12, 28), useProgress(from + 18, 28)] as const;
  const window = round(useProgress(from + 34, 20));
  const lift = (way: number, by: number) => `translate(0 ${round((1 - way) * by)})`;
  return (
    <>
      <defs>
        <linearGradient id="dearly-panel" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#2F6E93" />
          <stop offset="0.5" stopColor="#17365D" />
          <stop offset="1" stopColor="#10264A" />
        </linearGradient>
      </defs>
      <path d="M0 520 150 470 300 508 470 452 640 510 820 466 1000 505 1200 470v305H0z" fill={pane.far} />
      <path d="M1200 150v625H948V176z" fill={pane.near} />
      <g opacity={window}>
        <rect x="1012" y="262" width="120" height="168" rx="8" fill={pane.warm} />
        <rect x="1068" y="262" width="8" height="168" fill={pane.near} />
        <rect x="1012" y="338" width="120" height="8" fill={pane.near} />
      </g>
      <rect y="640" width="1200" height="135" fill={pane.ground} />
      <g fill={pane.ground} transform={lift(rail, 260)}>
        <rect x="0" y="392" width="950" height="12" rx="6" />
        {[40, 160, 512, 872].map((x) => (
          <rect key={x} x={x} y="400" width="9" height="245" />
        ))}
      </g>
      <g stroke={glow} strokeLinejoin="round">
        <g transform={lift(panels[0], 300)}>
          <path d="M150 412h330l26 196H118z" fill="url(#dearly-panel)" strokeWidth="5" />
          <path
            d="M141 461h346M133 510h361M125 559h376M232 412l-17 196M315 412v196M398 412l14 196"
            strokeWidth="2"
            strokeOpacity="0.45"
          />
        </g>
        <g transform={lift(panels[1], 300)}>
          <path d="M528 412h330l32 196H534z" fill="url(#dearly-panel)" strokeWidth="5" />
          <path
            d="M529 461h337M531 510h343M533 559h349M610 412l11 196M693 412l19 196M776 412l24 196"
            strokeWidth="2"
            strokeOpacity="0.45"
          />
        </g>
      </g>
    </>
  );
}
