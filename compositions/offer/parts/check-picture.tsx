import { round, useProgress } from '../../kit/motion.ts';
import { pane } from './picture-colors.ts';

const windows = [0, 1, 2, 3, 4, 5];

/** A house in the snow; its windows light up one after the other. */
export function CheckPicture({ from }: { readonly from: number }) {
  const house = useProgress(from + 4, 30);
  const door = round(useProgress(from + 20, 16));
  return (
    <>
      <path d="M0 520 190 448 330 500 520 430 700 500 900 440 1040 490 1200 452v323H0z" fill={pane.far} />
      <path d="M0 566c180-46 360-52 600-34s420 10 600-22v265H0z" fill="#859AAE" />
      <g transform={`translate(0 ${round((1 - house) * 120)})`} opacity={round(Math.min(1, house * 2))}>
        <path d="M430 392h340v178H430z" fill={pane.near} />
        <path d="M398 402 600 268l202 134z" fill={pane.snow} />
        <path d="M436 402 600 294l164 108z" fill={pane.roof} />
        <path d="M690 286h38v74l-38-26z" fill={pane.near} />
        <rect x="684" y="278" width="50" height="12" rx="4" fill={pane.snow} />
        {windows.map((index) => (
          <Window key={index} x={447 + index * 54} from={from + 22 + index * 4} />
        ))}
        <path d="M574 570v-66a26 26 0 0 1 52 0v66z" fill={pane.warm} opacity={door} />
      </g>
      <path
        d="M560 775c10-90 14-178 18-204h44c4 26 10 114 22 204z"
        fill={pane.warm}
        opacity={round(door * 0.3)}
      />
      <g fill={pane.pine}>
        <path d="M258 582l52-150 52 150z" />
        <path d="M268 520l42-128 42 128z" />
        <path d="M866 566l44-124 44 124z" />
        <path d="M874 514l36-108 36 108z" />
        <path d="M970 572l34-96 34 96z" />
      </g>
    </>
  );
}

function Window({ x, from }: { readonly x: number; readonly from: number }) {
  const lit = round(useProgress(from, 12));
  return (
    <>
      <rect x={x} y="424" width="36" height="50" rx="4" fill={pane.unlit} />
      <rect x={x} y="424" width="36" height="50" rx="4" fill={pane.warm} opacity={lit} />
      <rect x={x + 16} y="424" width="4" height="50" fill={pane.near} />
    </>
  );
}
