import { useSheet } from '../../kit/canvas.tsx';
import { CardRow } from '../../kit/card-row.tsx';
import type { Shows } from '../composition.ts';
import { BenefitCard } from '../parts/benefit-card.tsx';

export default function Benefits({ title, benefits }: Shows<'benefits'>) {
  const upright = useSheet().shape === 'wide';
  return (
    <CardRow title={title} cards={benefits} tallest={250} day="ends">
      {(benefit, place, index) => (
        <BenefitCard
          key={benefit.title}
          benefit={benefit}
          number={index + 1}
          {...place}
          upright={upright}
          from={8 + index * 12}
        />
      )}
    </CardRow>
  );
}
