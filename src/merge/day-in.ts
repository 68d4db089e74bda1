import { keep } from '../template/keep.ts';

/** The ISO date of a moment, by the calendar of a time zone. */
export function dayIn(timeZone: string, moment: Date): string {
  return dayAt(timeZone, Math.floor(moment.getTime() / 1000));
}

/** No day begins within a second, and thousands of people are merged in one. */
const dayAt = keep((timeZone: string, second: number) => calendar(timeZone).format(second * 1000));

const calendar = keep(
  (timeZone: string) => new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }),
);
