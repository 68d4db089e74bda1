const [lf, cr, space, dot, equals, capitalF] = [0x0a, 0x0d, 0x20, 0x2e, 0x3d, 0x46] as const;
/** 1 for the bytes that stand for themselves (RFC 2045 §6.7); a table, because every byte of every message asks. */
const isPlain = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte > space && byte < 0x7f && byte !== equals ? 1 : 0,
);
const hex = new TextEncoder().encode('0123456789ABCDEF');
/** 76 columns, the last of them for the "=" of a soft break. */
const lineLength = 75;
/** Three bytes for one, and a soft break after every 25 of them; a break counts as two. */
const worstGrowth = 3 * (78 / 75);
/** Written to and copied from within one call. */
let buffer = new Uint8Array(0);

/**
 * Text as quoted-printable UTF-8, in lines of at most 76 columns that end in CRLF. Every line break (CRLF, LF or CR)
 * becomes CRLF. No line starts with a dot or with "From ", which old mail servers change; no two blanks stand side by side
 * and none ends a line, so that DKIM's relaxed form is the text itself.
 */
export function quotedPrintable(text: string): Buffer {
  const input = Buffer.from(text, 'utf8');
  const length = input.length;
  if (buffer.length < length * worstGrowth + 8) buffer = new Uint8Array(Math.ceil(length * worstGrowth) + 8);
  const out = buffer;
  let end = 0;
  /** Where the line in hand is full; -1 while its first byte is still to come. */
  let edge = -1;
  let index = 0;
  while (index < length) {
    const byte = input[index] as number;
    const fits = isPlain[byte] === 1 || (byte === space && out[end - 1] !== space);
    if (fits && end < edge) {
      out[end++] = byte;
      index++;
    } else if (byte === lf || byte === cr) {
      if (edge !== -1) end = guardBlank(out, end, edge);
      index += byte === cr && input[index + 1] === lf ? 2 : 1;
      out[end++] = cr;
      out[end++] = lf;
      edge = -1;
    } else if (edge !== -1 && end + (fits ? 1 : 3) > edge) {
      end = breakSoftly(out, end);
      edge = -1;
    } else {
      const isFragile = edge === -1 && (byte === dot || (byte === capitalF && isFrom(input, index)));
      if (edge === -1) edge = end + lineLength;
      if (fits && !isFragile) out[end++] = byte;
      else end = escapeByte(out, end, byte);
      index++;
    }
  }
  if (edge !== -1) end = guardBlank(out, end, edge);
  return Buffer.from(out.subarray(0, end));
}

function escapeByte(out: Uint8Array, end: number, byte: number): number {
  out[end] = equals;
  out[end + 1] = hex[byte >> 4] as number;
  out[end + 2] = hex[byte & 15] as number;
  return end + 3;
}

function breakSoftly(out: Uint8Array, end: number): number {
  out[end] = equals;
  out[end + 1] = cr;
  out[end + 2] = lf;
  return end + 3;
}

/** A blank before a line break is lost on the way, unless it is escaped. */
function guardBlank(out: Uint8Array, end: number, edge: number): number {
  if (out[end - 1] !== space) return end;
  const start = end + 2 > edge ? breakSoftly(out, end - 1) : end - 1;
  return escapeByte(out, start, space);
}

function isFrom(input: Buffer, index: number): boolean {
  return input.toString('latin1', index, index + 5) === 'From ';
}
