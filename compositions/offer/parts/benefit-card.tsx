import { theme } from '../../../templates/theme.ts';
import { Card, insideCard, tallRow } from '../../kit/card.tsx';
import { useRise } from '../../kit/motion.ts';
import { Fitted, Text } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';

interface Props {
  readonly benefit: Shows<'benefits'>['benefits'][number];
  readonly number: number;
  readonly width: number;
  readonly height: number;
  /** Number above the words; otherwise beside them. */
  readonly upright: boolean;
  readonly from: number;
}

const { accent, accentSoft, inkSoft } = theme.colors.light;

export function BenefitCard({ benefit, number, width, height, upright, from }: Props) {
  const rise = useRise(from, 44);
  const large = upright || height > tallRow;
  const pad = upright ? 32 : 26;
  const badge = 64;
  const inner = insideCard(width, pad) - (upright ? 0 : badge + 24);
  return (
    <Card
      width={width}
      height={height}
      padding={pad}
      style={{
        ...rise,
        flexDirection: upright ? 'column' : 'row',
        alignItems: upright ? 'flex-start' : 'center',
        gap: 24,
      }}
    >
      <div
        style={{
          width: badge,
          height: badge,
          flexShrink: 0,
          display: 'grid',
          placeItems: 'center',
          borderRadius: badge / 2,
          backgroundColor: accentSoft,
        }}
      >
        <Text size={30} weight="strong" color={accent} line={1}>
          {String(number)}
        </Text>
      </div>
      <div style={{ display: 'flex', flexDirection: 'column', gap: upright ? 12 : 6 }}>
        <Fitted
          size={upright ? 36 : large ? 32 : 30}
          min={18}
          lines={upright ? 3 : large ? 2 : 1}
          width={inner}
          weight="strong"
          line={1.16}
        >
          {benefit.title}
        </Fitted>
        <Fitted
          size={large ? 25 : 22}
          min={16}
          lines={5}
          height={height - 2 * pad - (upright ? badge + 24 + 12 + 126 : large ? 6 + 76 : 6 + 40)}
          width={inner}
          color={inkSoft}
          style={{ textWrap: 'pretty' }}
        >
          {benefit.text}
        </Fitted>
      </div>
    </Card>
  );
}
