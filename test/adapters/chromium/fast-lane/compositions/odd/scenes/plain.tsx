import { AbsoluteFill, useCurrentFrame } from 'remotion';

/** Flat fields of known colours, and a mark that moves for the first half. */
export default function Plain({ colors }: { readonly colors: readonly string[] }) {
  const frame = Math.min(useCurrentFrame(), 15);
  return (
    <AbsoluteFill style={{ flexDirection: 'row' }}>
      {colors.map((backgroundColor) => (
        <div key={backgroundColor} style={{ flex: 1, backgroundColor }} />
      ))}
      <div
        style={{
          position: 'absolute',
          left: frame * 20,
          bottom: 0,
          width: 40,
          height: 40,
          background: '#fff',
        }}
      />
    </AbsoluteFill>
  );
}
