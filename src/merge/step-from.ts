/**
 * From one ISO date to another, in the unit that says it best: days for a fortnight, weeks for two months, months for two
 * years. Never one month or one year: Intl would make "next month" of it, which is the calendar's and may be another.
 */
export function stepFrom(from: string, to: string): readonly [number, Intl.RelativeTimeFormatUnit] {
  const [start, end] = [new Date(from), new Date(to)];
  const days = Math.round((end.getTime() - start.getTime()) / 86_400_000);
  const size = Math.abs(days);
  if (size < 14) return [days, 'day'];
  if (size < 60) return [Math.trunc(days / 7), 'week'];
  const months = days < 0 ? -wholeMonths(end, start) : wholeMonths(start, end);
  return Math.abs(months) < 24 ? [months, 'month'] : [Math.trunc(months / 12), 'year'];
}

/** By the calendar, at least two: sixty days are a day short of it at times. */
function wholeMonths(from: Date, to: Date): number {
  const years = to.getUTCFullYear() - from.getUTCFullYear();
  const months = years * 12 + to.getUTCMonth() - from.getUTCMonth();
  return Math.max(2, to.getUTCDate() < from.getUTCDate() ? months - 1 : months);
}
