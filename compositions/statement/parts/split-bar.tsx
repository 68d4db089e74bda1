import type { CSSProperties } from 'react';
import { theme } from '../../../templates/theme.ts';
import { useSheet } from '../../kit/canvas.tsx';
import { round } from '../../kit/motion.ts';
import { Fitted } from '../../kit/text.tsx';

export interface Part {
  readonly label: string;
  /** Left out, what is said of it moves up. */
  readonly amount?: string;
  readonly detail: string;
}

interface Props {
  readonly energy: Part;
  readonly baseFee: Part;
  /** Of the energy, 0 to 1. */
  readonly share: number;
  /** How much of the bar is drawn, 0 to 1. */
  readonly way?: number;
  readonly labelStyle?: CSSProperties;
  readonly detailStyle?: CSSProperties;
}

const { accent, muted, inkSoft, line } = theme.colors.light;
/** Before an amount is known; where it stands when the real one comes. */
export const usualShare = 0.8;
const gap = 6;

/** One bar, two parts: what was used and what is paid for being connected. It stands on one place in every scene that has it. */
export function SplitBar({ energy, baseFee, share, way = 1, labelStyle, detailStyle }: Props) {
  const { measure } = useSheet();
  const part = (of: number) => round(of * (measure - gap) * way);
  const styles = { ...(labelStyle && { labelStyle }), ...(detailStyle && { detailStyle }) };
  return (
    <div>
      <div
        style={{
          display: 'flex',
          gap,
          width: measure,
          height: 30,
          borderRadius: 15,
          backgroundColor: line,
          overflow: 'hidden',
        }}
      >
        <span style={{ width: part(share), backgroundColor: accent }} />
        <span style={{ width: part(1 - share), backgroundColor: muted }} />
      </div>
      <div style={{ display: 'flex', justifyContent: 'space-between', marginTop: 20 }}>
        <Words {...energy} {...styles} color={accent} />
        <Words {...baseFee} {...styles} color={muted} />
      </div>
    </div>
  );
}

type WordsProps = Part & Pick<Props, 'labelStyle' | 'detailStyle'> & { readonly color: string };

function Words({ label, amount, detail, color, labelStyle, detailStyle }: WordsProps) {
  const { shape, measure } = useSheet();
  const width = shape === 'wide' ? 360 : (measure - 24) / 2;
  const detailLines = shape === 'wide' ? 1 : 2;
  return (
    <div style={{ width }}>
      <div style={{ display: 'flex', alignItems: 'center', gap: 12, ...labelStyle }}>
        <span style={{ width: 16, height: 16, flexShrink: 0, borderRadius: 5, backgroundColor: color }} />
        <Fitted size={24} min={16} lines={1} width={width - 28} line={1.2} color={inkSoft}>
          {label}
        </Fitted>
      </div>
      <div style={{ height: 44 + 32 * detailLines }}>
        {amount !== undefined && (
          <Fitted
            size={32}
            min={18}
            lines={1}
            width={width}
            weight="strong"
            line={1.3}
            style={detailStyle ?? {}}
          >
            {amount}
          </Fitted>
        )}
        <Fitted
          size={23}
          min={15}
          lines={detailLines}
          width={width}
          color={inkSoft}
          style={{ textWrap: 'pretty', ...detailStyle }}
        >
          {detail}
        </Fitted>
      </div>
    </div>
  );
}
