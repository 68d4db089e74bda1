import { z } from 'zod';
import { cleanWords, mostReplyCharacters } from '../../answer/clean-words.ts';

const bodySchema = z.object({
  reply: z.string().transform(cleanWords).pipe(z.string().min(1).max(mostReplyCharacters)),
});

/** The words; null where they come later (202, 204); `unreadable` where a 200 has none. */
export function readReply({
  status,
  body,
}: {
  readonly status: number | null;
  readonly body: string;
}): string | null | 'unreadable' {
  if (status === 202 || status === 204) return null;
  try {
    return bodySchema.parse(JSON.parse(body)).reply;
  } catch {
    return 'unreadable';
  }
}
