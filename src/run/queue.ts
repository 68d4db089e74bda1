/** Wakes workers, here or on other machines. It may wake too often or late, never decides: the tables hold the truth. */
export interface Queue {
  /**
   * Have somebody work on this run. With an `at` (ISO 8601) that is still to come it does nothing: the tick finds rows when
   * they are due, and a wake-up that waits would swallow those that come before it.
   */
  wakeRun(runId: string, at?: string): Promise<void>;
  /** Have somebody draw this video; asking again while it is queued or drawn changes nothing. */
  wakeVideo(key: string): Promise<void>;
}
