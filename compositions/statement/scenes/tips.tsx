import { useSheet } from '../../kit/canvas.tsx';
import { CardRow } from '../../kit/card-row.tsx';
import type { Shows } from '../composition.ts';
import { TipCard } from '../parts/tip-card.tsx';

export default function Tips({ title, tips }: Shows<'tips'>) {
  const upright = useSheet().shape === 'wide';
  return (
    <CardRow title={title} cards={tips} tallest={250} day="ends">
      {(tip, place, index) => (
        <TipCard key={tip.id} tip={tip} {...place} upright={upright} from={8 + index * 10} />
      )}
    </CardRow>
  );
}
