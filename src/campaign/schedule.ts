import { Cron } from 'croner';
import { z } from 'zod';
import { nextOccurrence } from './next-occurrence.ts';

/** `HH:MM`, 24 hours. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time such as 09:30');

const timeZone = z.string().refine(isTimeZone, 'expected an IANA time zone such as Europe/Berlin');

const cron = z.string().transform((text, context) => {
  const refuse = (message: string) => {
    context.issues.push({ code: 'custom', message, input: text });
    return z.NEVER;
  };
  // Nicknames such as @daily are read by fewer people than five fields are.
  if (text.trim().split(/\s+/).length !== 5) {
    return refuse('expected five fields: minute, hour, day of month, month, day of week; such as 0 9 1 * *');
  }
  try {
    new Cron(text, { mode: '5-part', paused: true }).stop();
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
    return refuse(`expected five fields such as 0 9 1 * *; ${reason}`);
  }
  // Eight years hold every 29 February there can be.
  if (nextOccurrence({ cron: text, time_zone: 'UTC' }, new Date('2096-03-01T00:00:00Z')) === null) {
    return refuse(`never comes: no month that it names has such a day`);
  }
  return text.trim();
});

export const scheduleSchema = z
  .strictObject({
    /** Five fields: minute, hour, day of month, month, day of week. An occurrence each time. */
    cron: cron.optional(),
    /** Or once, by the clock of `time_zone`: `2026-12-01T09:00`. */
    at: z.iso
      .datetime({ local: true, precision: -1, error: 'expected a day and a time such as 2026-12-01T09:00' })
      .optional(),
    time_zone: timeZone.default('UTC'),
    /** From the occurrence's start on, each person when it is this late where they live. */
    local_time: timeOfDay.optional(),
  })
  .refine((it) => it.cron === undefined || it.at === undefined, 'expected cron or at, not both')
  .refine((it) => it.cron ?? it.at ?? it.local_time, 'expected cron, at or local_time');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
