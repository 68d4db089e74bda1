import { theme } from '../../../templates/theme.ts';
import { useRise } from '../../kit/motion.ts';
import { Fitted, Text } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';

type Tip = Shows<'tips'>['tips'][number];

interface Props extends Tip {
  readonly number: number;
  readonly width: number;
  /** A column with the saving at its foot; otherwise a row with the saving beside the title. */
  readonly upright: boolean;
  readonly from: number;
}

const { card, accent, accentSoft, inkSoft, line } = theme.colors.light;

export function TipCard({ title, text, saving, number, width, upright, from }: Props) {
  const rise = useRise(from, 44);
  const pad = upright ? 32 : 26;
  const inner = width - 2 * pad - 4;
  const savingWidth = upright ? inner : inner * 0.34;
  const titleWidth = upright ? inner : inner - savingWidth - 20;
  const heading = (
    <Fitted size={32} min={24} lines={2} width={titleWidth} weight="strong" line={1.2}>
      {title}
    </Fitted>
  );
  const gain = (
    <Fitted
      size={upright ? 42 : 32}
      min={22}
      lines={1}
      width={savingWidth}
      weight="strong"
      color={accent}
      line={1.2}
    >
      {saving}
    </Fitted>
  );
  const words = (
    <Fitted
      size={24}
      min={20}
      lines={upright ? 6 : 3}
      width={inner}
      color={inkSoft}
      style={{ textWrap: 'pretty' }}
    >
      {text}
    </Fitted>
  );
  return (
    <div style={{ ...rise, ...sheet, width, padding: pad, flex: upright ? undefined : '1 1 0' }}>
      {upright ? (
        <>
          <Badge>{String(number)}</Badge>
          {heading}
          {words}
          <div style={{ marginTop: 'auto' }}>{gain}</div>
        </>
      ) : (
        <>
          <div style={{ display: 'flex', justifyContent: 'space-between', gap: 20 }}>
            {heading}
            {gain}
          </div>
          {words}
        </>
      )}
    </div>
  );
}

const sheet = {
  display: 'flex',
  flexDirection: 'column',
  justifyContent: 'center',
  gap: 12,
  backgroundColor: card,
  border: `2px solid ${line}`,
  borderRadius: theme.radius.large,
} as const;

function Badge({ children }: { readonly children: string }) {
  return (
    <div
      style={{
        width: 52,
        height: 52,
        flexShrink: 0,
        borderRadius: 26,
        marginBottom: 12,
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
