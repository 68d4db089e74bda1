import { EndCard } from '../../kit/end-card.tsx';
import type { Shows } from '../composition.ts';

export default function Closing({ title, text }: Shows<'closing'>) {
  return <EndCard text={title} note={text} />;
}
