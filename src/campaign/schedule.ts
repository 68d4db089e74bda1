import { z } from 'zod';

/** `HH:MM`, 24 hours. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time such as 09:30');

const timeZone = z.string().refine(isTimeZone, 'expected an IANA time zone such as Europe/Berlin');

export const scheduleSchema = z
  .strictObject({
    /** Five fields: minute, hour, day of month, month, day of week. An occurrence each time. */
    cron: z.string().optional(),
    /** Or once, by the clock of `time_zone`: `2026-12-01T09:00`. */
    at: z.iso.datetime({ local: true, precision: -1 }).optional(),
    time_zone: timeZone.default('UTC'),
    /** From the occurrence's start on, each person when it is this late where they live. */
    local_time: timeOfDay.optional(),
  })
  .refine((it) => it.cron === undefined || it.at === undefined, 'expected cron or at, not both');

export type Schedule = z.output<typeof scheduleSchema>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
