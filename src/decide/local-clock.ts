/** Minutes since midnight of `HH:MM`. */
export function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** How late it is where somebody lives, in minutes since midnight, whole ones. @param timeZone an IANA name, checked */
export function minuteAt(at: Date, timeZone: string): number {
  const local = at.getTime() + offsetAt(at.getTime(), timeZone);
  return Math.floor((((local % dayMs) + dayMs) % dayMs) / minuteMs);
}

/**
 * The first moment at or after `from` at which the clock there shows `minute`, to the minute's start. A day whose clock
 * leaps over that minute (summer time begins) has it where the clock lands; one that shows it twice has it twice.
 */
export function nextShowing(from: Date, minute: number, timeZone: string): Date {
  const start = from.getTime();
  const midnight = Math.floor((start + offsetAt(start, timeZone)) / dayMs) * dayMs;
  // Yesterday's, because a clock set back over midnight shows the end of that day again.
  const moments = [-1, 0, 1, 2].flatMap((days) =>
    momentsOf(midnight + days * dayMs + minute * minuteMs, timeZone),
  );
  return new Date(Math.min(...moments.filter((moment) => moment >= start)));
}

/** When a clock on the wall shows this (given as if it were UTC): once, twice where it is set back, or where it lands when it leaps. */
function momentsOf(wall: number, timeZone: string): number[] {
  const offsets = [...new Set([offsetAt(wall - dayMs, timeZone), offsetAt(wall + dayMs, timeZone)])];
  const shown = offsets.map((offset) => wall - offset).filter((at) => at + offsetAt(at, timeZone) === wall);
  if (shown.length > 0) return shown;
  // A whole day was left out (Samoa, 2011): its times were on no clock, and midnight of the next one is none of them.
  if (Math.max(...offsets) - Math.min(...offsets) >= dayMs) return [];
  return [leapBetween(wall, offsets, timeZone)];
}

/** Where the clock leaps over `wall`: the first moment at which it is past it. */
function leapBetween(wall: number, offsets: readonly number[], timeZone: string): number {
  let before = wall - Math.max(...offsets);
  let after = wall - Math.min(...offsets);
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2000) * 1000;
    if (middle + offsetAt(middle, timeZone) < wall) before = middle;
    else after = middle;
  }
  return after;
}

/** East of Greenwich, in ms. */
function offsetAt(at: number, timeZone: string): number {
  const whole = Math.floor(at / 1000) * 1000;
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of clockOf(timeZone).formatToParts(whole)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
}

/** There are a few hundred zones, and making a clock is what costs. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const kept = clocks.get(timeZone);
  if (kept !== undefined) return kept;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(timeZone, clock);
  return clock;
}
