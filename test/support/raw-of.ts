import type { Message } from '../../src/deliver/compose-message.ts';

/** A message as it goes over the line. */
export function rawOf({ pieces }: Pick<Message, 'pieces'>): Buffer {
  return Buffer.concat(pieces);
}
