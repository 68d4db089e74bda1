/** One at a time per key, across processes and machines. */
export interface Locks {
  /**
   * Waits for the key, works, and lets it go, also when the work throws or the process dies. Whoever has waited has to look
   * first whether the work is still to be done. After minutes of waiting it works all the same: a lock saves work, it protects
   * nothing. @throws DearlyError `database-unavailable`; `signal`'s reason while it waits
   */
  hold<T>(key: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}
