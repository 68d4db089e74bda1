import { EndCard } from '../../kit/end-card.tsx';
import type { Shows } from '../composition.ts';

export default function Closing({ text, note }: Shows<'closing'>) {
  return <EndCard text={text} note={note} />;
}
