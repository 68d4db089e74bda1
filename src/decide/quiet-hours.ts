import { minuteAt, minuteOf, nextShowing } from './local-clock.ts';

/** `HH:MM` each, by the person's clock; over midnight where `from` is the later one. From noon till noon is no window. */
export interface QuietHours {
  readonly from: string;
  readonly until: string;
}

export function isQuiet(at: Date, quiet: QuietHours, timeZone: string): boolean {
  const now = minuteAt(at, timeZone);
  const from = minuteOf(quiet.from);
  const until = minuteOf(quiet.until);
  return from <= until ? from <= now && now < until : now >= from || now < until;
}

/** `at` itself outside the window; else the window's end. Where a leap of the clock lands in the window again, the end after that. */
export function afterQuiet(at: Date, quiet: QuietHours, timeZone: string): Date {
  let moment = at;
  while (isQuiet(moment, quiet, timeZone)) {
    moment = nextShowing(new Date(moment.getTime() + 1), minuteOf(quiet.until), timeZone);
  }
  return moment;
}
