import { theme } from '../../../templates/theme.ts';
import { useSheet } from '../../kit/canvas.tsx';
import { useRise } from '../../kit/motion.ts';
import { Fitted, Text } from '../../kit/text.tsx';
import type { Shows } from '../composition.ts';

interface Props {
  readonly words: Shows<'bill'>['words'];
  readonly from: number;
}

const { accent, accentSoft, card, ink, inkSoft, line } = theme.colors.light;
const every = 11;
const sign = 56;

/** Usage × price + standing charge, term by term: in a row where there is room, one below the other elsewhere. */
export function Formula({ words, from }: Props) {
  const { shape, measure } = useSheet();
  const wide = shape === 'wide';
  const width = wide ? (measure - 2 * sign) / 3 : measure - sign;
  const layout = { wide, width };
  return (
    <div
      style={{
        display: 'flex',
        flexDirection: wide ? 'row' : 'column',
        gap: wide ? 0 : shape === 'tall' ? 22 : 14,
      }}
    >
      <Term {...layout} from={from} word={words.usage} energy />
      <Term {...layout} from={from + every} operator="×" word={words.price} energy />
      <Term {...layout} from={from + 2 * every} operator="+" word={words.fee} />
    </div>
  );
}

interface TermProps {
  readonly wide: boolean;
  readonly width: number;
  readonly from: number;
  readonly operator?: string;
  readonly word: string;
  readonly energy?: boolean;
}

function Term({ wide, width, from, operator, word, energy = false }: TermProps) {
  const rise = useRise(from, 36);
  return (
    <div style={{ ...rise, display: 'flex', alignItems: 'center' }}>
      {(operator !== undefined || !wide) && (
        <Text
          size={44}
          line={1}
          color={inkSoft}
          style={{ width: sign, textAlign: wide ? 'center' : 'start' }}
        >
          {operator ?? ' '}
        </Text>
      )}
      <div
        style={{
          width,
          height: wide ? 132 : 84,
          paddingInline: 24,
          display: 'grid',
          alignItems: 'center',
          justifyItems: wide ? 'center' : 'start',
          borderRadius: theme.radius.large,
          border: `2px solid ${energy ? accentSoft : line}`,
          backgroundColor: energy ? accentSoft : card,
        }}
      >
        <Fitted
          size={36}
          min={18}
          lines={1}
          width={width - 52}
          weight="strong"
          line={1.2}
          color={energy ? accent : ink}
        >
          {word}
        </Fitted>
      </div>
    </div>
  );
}
