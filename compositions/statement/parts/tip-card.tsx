import { theme } from '../../../templates/theme.ts';
import { Card, insideCard, tallRow } from '../../kit/card.tsx';
import { useRise } from '../../kit/motion.ts';
import { Fitted } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';
import { TipPicture } from './tip-picture.tsx';

interface Props {
  readonly tip: Shows<'tips'>['tips'][number];
  readonly width: number;
  readonly height: number;
  /** Picture above the words; otherwise beside them. */
  readonly upright: boolean;
  readonly from: number;
}

const { inkSoft } = theme.colors.light;

export function TipCard({ tip, width, height, upright, from }: Props) {
  const rise = useRise(from, 44);
  const large = upright || height > tallRow;
  const pad = upright ? 28 : 24;
  const picture = upright ? 104 : 84;
  const inner = insideCard(width, pad) - (upright ? 0 : (picture / 120) * 160 + 24);
  return (
    <Card
      width={width}
      height={height}
      padding={pad}
      style={{
        ...rise,
        flexDirection: upright ? 'column' : 'row',
        alignItems: upright ? 'flex-start' : 'center',
        gap: upright ? 20 : 24,
      }}
    >
      <div style={{ flexShrink: 0, height: picture }}>
        <TipPicture id={tip.id} from={from + 8} height={picture} />
      </div>
      <div style={{ display: 'flex', flexDirection: 'column', gap: upright ? 10 : 6 }}>
        <Fitted size={large ? 32 : 28} min={20} lines={2} width={inner} weight="strong" line={1.2}>
          {tip.title}
        </Fitted>
        <Fitted
          size={large && !upright ? 25 : 22}
          min={16}
          lines={large ? 5 : 4}
          width={inner}
          color={inkSoft}
          style={{ textWrap: 'pretty' }}
        >
          {tip.text}
        </Fitted>
      </div>
    </Card>
  );
}
