export const mostAskedCharacters = 500;
export const mostReplyCharacters = 4000;

/** What somebody wrote, as it may be kept and shown: line breaks stay, other control characters and halves of characters go. */
export function cleanWords(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, '')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\n{3,}/g, '\n\n')
    .toWellFormed()
    .trim();
}
