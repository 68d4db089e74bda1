import type { CSSProperties } from 'react';
import { theme } from '../../../templates/theme.ts';
import { round, useProgress } from '../../kit/motion.ts';
import { Text } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';

type Cost = Shows<'cost'>;

interface Props {
  readonly energy: Cost['energy'];
  readonly baseFee: Cost['baseFee'];
  readonly from: number;
  readonly width: number;
  readonly style?: CSSProperties;
}

const { accent, muted, inkSoft, line } = theme.colors.light;

/** One bar, two parts: what was used and what is paid for being connected. */
export function SplitBar({ energy, baseFee, from, width, style }: Props) {
  const way = useProgress(from, 34);
  const gap = 6;
  const part = (share: number) => round(share * (width - gap) * way);
  return (
    <div style={style}>
      <div
        style={{
          display: 'flex',
          gap,
          width,
          height: 30,
          borderRadius: 15,
          backgroundColor: line,
          overflow: 'hidden',
        }}
      >
        <span style={{ width: part(energy.share), backgroundColor: accent }} />
        <span style={{ width: part(1 - energy.share), backgroundColor: muted }} />
      </div>
      <div style={{ display: 'flex', gap: 40, justifyContent: 'space-between', marginTop: 20 }}>
        <Part color={accent} {...energy} />
        <Part color={muted} {...baseFee} />
      </div>
    </div>
  );
}

function Part({ label, amount, detail, color }: Cost['baseFee'] & { readonly color: string }) {
  return (
    <div style={{ flex: '0 1 auto', minWidth: 0 }}>
      <div style={{ display: 'flex', alignItems: 'center', gap: 12 }}>
        <span style={{ width: 16, height: 16, borderRadius: 5, backgroundColor: color }} />
        <Text size={24} line={1.2} color={inkSoft}>
          {label}
        </Text>
      </div>
      <Text size={32} weight="strong" line={1.3}>
        {amount}
      </Text>
      <Text size={23} color={inkSoft}>
        {detail}
      </Text>
    </div>
  );
}
