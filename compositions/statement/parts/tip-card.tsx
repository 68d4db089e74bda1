import { theme } from '../../../templates/theme.ts';
import { useRise } from '../../kit/motion.ts';
import { Fitted, Text } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';

type Tip = Shows<'tips'>['tips'][number];

interface Props extends Tip {
  readonly number: number;
  readonly width: number;
  /** A column with the saving at its foot; otherwise a row with the saving at its end. */
  readonly upright: boolean;
  readonly from: number;
}

const { card, accent, accentSoft, inkSoft, line } = theme.colors.light;
const padding = { upright: 32, flat: 24 };

export function TipCard({ title, text, saving, number, width, upright, from }: Props) {
  const rise = useRise(from, 44);
  const pad = upright ? padding.upright : padding.flat;
  const inner = width - 2 * pad;
  return (
    <div
      style={{
        ...rise,
        width,
        flex: upright ? undefined : 1,
        padding: pad,
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'space-between',
        gap: 12,
        backgroundColor: card,
        border: `2px solid ${line}`,
        borderRadius: theme.radius.large,
      }}
    >
      <div>
        {upright && <Badge>{String(number)}</Badge>}
        <Fitted size={32} min={24} lines={2} width={inner} weight="strong" line={1.2}>
          {title}
        </Fitted>
        <Fitted
          size={24}
          min={20}
          lines={upright ? 6 : 3}
          width={inner}
          color={inkSoft}
          line={1.35}
          style={{ marginTop: upright ? 14 : 6, textWrap: 'pretty' }}
        >
          {text}
        </Fitted>
      </div>
      <Fitted
        size={upright ? 40 : 32}
        min={22}
        lines={1}
        width={inner}
        weight="strong"
        color={accent}
        line={1.1}
      >
        {saving}
      </Fitted>
    </div>
  );
}

function Badge({ children }: { readonly children: string }) {
  return (
    <div
      style={{
        width: 52,
        height: 52,
        borderRadius: 26,
        marginBottom: 24,
        backgroundColor: accentSoft,
        display: 'grid',
        placeItems: 'center',
      }}
    >
      <Text size={26} weight="strong" color={accent} line={1}>
        {children}
      </Text>
    </div>
  );
}
