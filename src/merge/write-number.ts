// Enters: a number format of Intl's. Leaves: a function that writes numbers as it does, with their minus set right.
// Never: a separator, a group, a rounding or a place of the sign that Intl did not choose.

/**
 * Two numbers of one length and one sign differ in their figures alone. So Intl writes the first of them, and the
 * figures of those that follow take their places, in a third of the time.
 */
export function numberWriter(format: Intl.NumberFormat): (value: number) => string {
  const { minimumFractionDigits, maximumFractionDigits: decimals = 0, style } = format.resolvedOptions();
  const scale = 10 ** (style === 'percent' ? decimals + 2 : decimals);
  const minus = signOf(format.formatToParts(-1));
  const plus = signOf(format.formatToParts(1));
  const moulds: Record<'below' | 'zero' | 'above', (Mould | null)[]> = { below: [], zero: [], above: [] };

  /** Intl writes ASCII hyphens for minus, and sets them right against a currency's letters. */
  function typeset(value: number): string {
    const text = format.format(value);
    const [written, shown] = value < 0 ? minus : plus;
    return written === '' ? text : text.replace(written, shown);
  }

  if (minimumFractionDigits !== decimals) return typeset;
  return (value) => {
    const scaled = value * scale;
    const units = Math.round(scaled);
    // Halfway between two neighbours, and where a double grows coarse, the rounding is Intl's.
    if (!(Math.abs(scaled - units) < 0.4999 && Math.abs(units) < 1e9)) return typeset(value);
    const figures = String(Math.abs(units)).padStart(decimals + 1, '0');
    const known = moulds[units < 0 ? 'below' : units > 0 ? 'above' : 'zero'];
    let mould = known[figures.length];
    if (mould === undefined) {
      mould = mouldOf(typeset(value), figures);
      known[figures.length] = mould;
    }
    return mould === null ? typeset(value) : pour(figures, mould);
  };
}

/** What stands before the figures; then how many of them stand together, and what follows those. */
interface Mould {
  readonly before: string;
  readonly groups: readonly { readonly length: number; readonly after: string }[];
}

/** Null where Intl writes other figures, as it does in Arabic. */
function mouldOf(text: string, figures: string): Mould | null {
  if (text.replace(/\D/g, '') !== figures) return null;
  const [before = '', ...rest] = text.split(/\d+/);
  const groups = (text.match(/\d+/g) ?? []).map((it, index) => ({
    length: it.length,
    after: rest[index] ?? '',
  }));
  return { before, groups };
}

function pour(figures: string, { before, groups }: Mould): string {
  let text = before;
  let at = 0;
  for (const { length, after } of groups) {
    text += figures.slice(at, at + length) + after;
    at += length;
  }
  return text;
}

type Sign = readonly [written: string, shown: string];

function signOf(parts: readonly Intl.NumberFormatPart[]): Sign {
  const index = parts.findIndex((it) => it.type === 'minusSign' || it.type === 'plusSign');
  const sign = parts[index];
  if (sign === undefined) return ['', ''];
  const before = parts[index - 1];
  const space = before?.type === 'currency' && /\p{L}$/u.test(before.value) ? '\u00a0' : '';
  return [sign.value, space + (sign.type === 'minusSign' ? '−' : sign.value)];
}
