import { keep } from '../template/keep.ts';

/** The ISO date of a moment, by the calendar of a time zone. */
export function dayIn(timeZone: string, moment: Date): string {
  return calendar(timeZone).format(moment);
}

const calendar = keep(
  (timeZone: string) => new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }),
);
