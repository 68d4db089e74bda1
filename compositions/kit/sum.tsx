import { Figure } from './figure.tsx';
import { beat, useRise } from './motion.ts';
import { Fitted } from './text.tsx';

interface Props {
  readonly title: string;
  readonly amount: string;
  readonly note: string;
  readonly size: number;
  readonly color: string;
  /** For its title. */
  readonly soft: string;
  readonly width: number;
  readonly from: number;
}

/** An amount between what it is and what there is to say of it. */
export function Sum({ title, amount, note, size, color, soft, width, from }: Props) {
  const rises = [
    useRise(from, 16, beat.quick),
    useRise(from + 2, 28, beat.quick),
    useRise(from + 10, 16, beat.quick),
  ] as const;
  return (
    <div>
      <Fitted size={30} min={20} lines={1} width={width} color={soft} line={1.2} style={rises[0]}>
        {title}
      </Fitted>
      <Fitted
        size={size}
        min={30}
        lines={1}
        width={width}
        weight="strong"
        color={color}
        line={1.15}
        style={rises[1]}
        show={(text) => (
          <Figure from={from + 2} duration={24}>
            {text}
          </Figure>
        )}
      >
        {amount}
      </Fitted>
      <Fitted size={30} min={20} lines={2} width={width} style={rises[2]}>
        {note}
      </Fitted>
    </div>
  );
}
