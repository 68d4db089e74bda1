/** Says words aloud. */
export interface Speech {
  /** Engine, model and voice: the same id and words always sound alike, so a kept clip can stand for a new one. */
  readonly id: string;
  /**
   * `text` as a WAV file. It holds personal data as a rule and comes from hostile hands: never markup, never a command.
   * @param lang BCP 47
   * @throws DearlyError `speech-unavailable`, `speech-refused`
   */
  speak(text: string, lang: string, signal: AbortSignal): Promise<Uint8Array>;
}
