import type { CSSProperties } from 'react';
import { theme } from '../../templates/theme.ts';

/** The sender's mark: a pole star over a rising light. */
export function Mark({ style }: { readonly style?: CSSProperties }) {
  return (
    <div style={{ display: 'flex', alignItems: 'center', gap: 12, ...style }}>
      <svg width="34" height="34" viewBox="0 0 34 34" fill="none" aria-hidden="true">
        <path d="M17 3l1.9 7.1L26 12l-7.1 1.9L17 21l-1.9-7.1L8 12l7.1-1.9z" fill={theme.colors.light.glow} />
        <path
          d="M4 29c4.2-5.6 8.6-7.6 13-7.6S25.8 23.4 30 29"
          stroke={theme.colors.light.glow}
          strokeWidth="2.6"
          strokeLinecap="round"
        />
      </svg>
      <span style={{ fontSize: 24, fontWeight: theme.font.weight.strong, letterSpacing: '-0.012em' }}>
        {theme.brand}
      </span>
    </div>
  );
}
