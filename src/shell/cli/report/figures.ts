import type { Amount } from '../../../measure/amount.ts';
import type { Interval } from '../../../measure/proportion.ts';

/** One decimal; never 100 % of what is less, or 0 % of what is more. */
export function share(value: number): string {
  if (value > 0.9995 && value < 1) return '>99.9 %';
  if (value > 0 && value < 0.0005) return '<0.1 %';
  return `${(value * 100).toFixed(1)} %`;
}

export function range({ low, high }: Interval): string {
  return `${(low * 100).toFixed(1).padStart(4)} – ${share(high).padStart(6)}`;
}

export function points(value: number): string {
  return signed(value * 100);
}

/** One decimal, with its sign. */
export function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;
}

/** `EUR 1,234.50`; four digits behind the point where two would say next to nothing. */
export function money(amount: Amount, currency: string): string {
  return `${currency} ${plainMoney(amount, currency)}`;
}

/** Without its currency, for columns. @param digits behind the point; what the currency has, unless said otherwise */
export function plainMoney(amount: Amount, currency: string, digits?: number): string {
  const least = digits ?? (Math.abs(Number(amount)) < 0.1 ? undefined : digitsOf(currency));
  return new Intl.NumberFormat('en-US', {
    minimumFractionDigits: least ?? 2,
    maximumFractionDigits: least ?? 4,
  })
    .format(amount as `${number}`)
    .replace(/^-/, '−');
}

function digitsOf(currency: string): number {
  return (
    new Intl.NumberFormat('en-US', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
    2
  );
}

/** UTC to the minute: reports are read in many places. */
export function minute(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
