import type { CSSProperties } from 'react';
import { Easing, interpolate, useCurrentFrame } from 'remotion';
import { beat, round } from './motion.ts';

interface Props {
  /** Ready to show, in any locale's digits. */
  readonly children: string;
  readonly from: number;
  readonly duration?: number;
}

/**
 * A figure that rolls into place like a meter. Each digit turns towards itself and the rest of the text stands from the
 * start, so no other amount is ever held up as the answer; at the end it is the plain text, letter for letter.
 */
export function Figure({ children, from, duration = beat.slow }: Props) {
  const frame = useCurrentFrame();
  const letters = [...children];
  const digits = letters.filter(isDigit).length;
  const gap = Math.min(3, Math.round(duration / 3 / Math.max(1, digits)));
  const settled = from + duration;
  if (frame >= settled || digits === 0) return <span style={plain}>{children}</span>;
  let nth = 0;
  return (
    <span style={plain} role="img" aria-label={children}>
      {letters.map((letter, index) => {
        if (!isDigit(letter)) return letter;
        const lag = (digits - 1 - nth++) * gap;
        const way = interpolate(frame, [from, settled - lag], [0, 1], { ...clamped, easing: turn });
        // biome-ignore lint/suspicious/noArrayIndexKey: the letters of one text never change their order
        return <Wheel key={index} digit={letter} way={way} />;
      })}
    </span>
  );
}

/** One digit's wheel: the digit itself stands in the line, the ones before it pass above, one turn at most. Two of them are to be seen at a time. */
function Wheel({ digit, way }: { readonly digit: string; readonly way: number }) {
  const { zero, value } = digitOf(digit);
  const steps = value + 6;
  const at = round((1 - way) * steps);
  const passed = Math.floor(at);
  const seen = [passed, passed + 1].map((back) => String.fromCodePoint(zero + ((value - back + 20) % 10)));
  return (
    <span style={wheel}>
      <span style={{ visibility: 'hidden' }}>{digit}</span>
      <span style={{ ...stripStyle, transform: `translateY(${round(passed - at)}lh)` }}>
        {seen.map((it, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are places, whichever digits pass
          <span key={index} style={{ display: 'block' }}>
            {it}
          </span>
        ))}
      </span>
    </span>
  );
}

const clamped = { extrapolateLeft: 'clamp', extrapolateRight: 'clamp' } as const;
const turn = Easing.bezier(0.22, 0.8, 0.2, 1);
/** Kerning off, so that nothing shifts when the wheels give way to the text. */
const plain: CSSProperties = {
  fontVariantNumeric: 'tabular-nums',
  fontKerning: 'none',
  whiteSpace: 'nowrap',
};
const wheel: CSSProperties = {
  position: 'relative',
  display: 'inline-block',
  verticalAlign: 'bottom',
  height: '1lh',
  overflowY: 'clip',
  // Tight tracking makes a digit wider than its place: room for it inside the mask.
  paddingInline: '0.08em',
  marginInline: '-0.08em',
  maskImage: 'linear-gradient(transparent, #000 18%, #000 82%, transparent)',
};
const stripStyle: CSSProperties = { position: 'absolute', insetInline: '0.08em', top: 0 };

function isDigit(letter: string): boolean {
  return /\p{Nd}/u.test(letter);
}

/** Every script's digits stand in a row of ten; the row's zero is found by counting back. */
function digitOf(letter: string): { readonly zero: number; readonly value: number } {
  const code = letter.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && isDigit(String.fromCodePoint(code - value - 1))) value += 1;
  return { zero: code - value, value };
}
