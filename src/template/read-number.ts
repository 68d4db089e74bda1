/** How a language writes one and a half. */
function decimalSign(locale: string): string {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
  return parts.find(({ type }) => type === 'decimal')?.value ?? '.';
}

/** The plain number as this locale's readers write it: ungrouped, read back as what it was. */
export function writeNumber(value: number, locale: string): string {
  return decimalSign(locale) === ',' ? String(value).replace('.', ',') : String(value);
}

const grouped = /^[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*$/;

/**
 * A number as people write it: `12.345,6`, `12,345.6`, `12 345`, `12’345`, `1234.5`. Comma and point are taken for what only
 * they can be; where either reading is possible (`12.345`), the locale decides. Null for everything else.
 */
export function readNumber(text: string, locale: string): number | null {
  const plain = text.trim().replace(/(?<=\d)[\s'’](?=\d{3}(?!\d))/gu, '');
  const sign = /^[-−]/u.test(plain) ? -1 : 1;
  const size = plain.replace(/^[-−+]\s?/u, '');
  const value = sizeOf(size, locale);
  return value === null || !Number.isFinite(value) ? null : value === 0 ? 0 : sign * value;
}

function sizeOf(text: string, locale: string): number | null {
  if (/^\d+$/.test(text)) return Number(text);
  const mark = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  const [whole, fraction] = [text.slice(0, mark), text.slice(mark + 1)];
  if (grouped.test(text) && !isDecimal(text, mark, locale)) return Number(text.replace(/[.,]/g, ''));
  if (!/^\d*$/.test(fraction) || whole + fraction === '') return null;
  // What stands before the decimal sign may be grouped by the other one, and by it alone.
  const other = text[mark] === ',' ? '.' : ',';
  const isGrouped = grouped.test(whole) && !whole.includes(text[mark] ?? '');
  if (!/^\d*$/.test(whole) && !isGrouped) return null;
  return Number(`${whole.replaceAll(other, '')}.${fraction}`);
}

/** `12.345` once in the text: thousands, or three decimals? */
function isDecimal(text: string, mark: number, locale: string): boolean {
  return text.indexOf(text[mark] ?? '') === mark && text[mark] === decimalSign(locale);
}
