/** Wakes workers, here or on other machines. It may wake too often or late, never decides: the tables hold the truth. */
export interface Queue {
  /** Have somebody work on this run, now or from `at` (ISO 8601) on. */
  wakeRun(runId: string, at?: string): Promise<void>;
  /** Have somebody draw this video; asking again while it is queued or drawn changes nothing. */
  wakeVideo(key: string): Promise<void>;
}
