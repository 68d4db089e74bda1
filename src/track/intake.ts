import type { Event } from './event.ts';

/** Where events are kept for good. */
export interface Intake {
  /** Resolves once these are kept, or were before: whoever reported them may forget them. Rejects where they are not. */
  take(events: readonly Event[]): Promise<void>;
}
