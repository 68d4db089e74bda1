import { CardRow } from '../../kit/card-row.tsx';
import type { Shows } from '../composition.ts';
import { Lever } from '../parts/lever.tsx';

/** One of a handful of cases: price up or down, used more or less. */
export default function Reasons({ title, levers }: Shows<'reasons'>) {
  return (
    <CardRow title={title} cards={levers} tallest={380}>
      {(lever, place, index) => <Lever key={lever.id} {...lever} {...place} from={4 + index * 9} />}
    </CardRow>
  );
}
