import type { CSSProperties } from 'react';
import { theme } from '../../../templates/theme.ts';
import { Text } from '../../kit/text.tsx';

const { accent, muted, inkSoft } = theme.colors.light;

interface Props {
  readonly thisYear: string;
  readonly lastYear: string;
  readonly style?: CSSProperties;
}

export function Legend({ thisYear, lastYear, style }: Props) {
  return (
    <div style={{ display: 'flex', gap: 28, justifyContent: 'flex-end', ...style }}>
      <Entry color={accent}>{thisYear}</Entry>
      <Entry color={muted}>{lastYear}</Entry>
    </div>
  );
}

function Entry({ color, children }: { readonly color: string; readonly children: string }) {
  return (
    <div style={{ display: 'flex', gap: 10, alignItems: 'center' }}>
      <span style={{ width: 16, height: 16, borderRadius: 5, backgroundColor: color }} />
      <Text size={22} color={inkSoft}>
        {children}
      </Text>
    </div>
  );
}
