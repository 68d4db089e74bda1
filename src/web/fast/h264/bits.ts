// The bits of an H.264 NAL unit: fixed fields and Exp-Golomb codes (ITU-T H.264 §7.2, §9.1), and the escaping around them (§7.4.1).

export interface BitReader {
  /** The next `count` bits as an unsigned number, at most 31 at a time. */
  bits(count: number): number;
  /** ue(v) */
  unsigned(): number;
  /** se(v) */
  signed(): number;
  /** Bits read so far. */
  position(): number;
}

/** Reading past the end gives zeros, and an Exp-Golomb code that never ends is 0. */
export function readBits(bytes: Uint8Array): BitReader {
  let at = 0;
  const bit = () => {
    const value = ((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1;
    at += 1;
    return value;
  };
  const bits = (count: number) => {
    let value = 0;
    for (let n = 0; n < count; n++) value = value * 2 + bit();
    return value;
  };
  const unsigned = () => {
    let zeros = 0;
    while (bit() === 0) {
      zeros += 1;
      if (zeros > 31) return 0;
    }
    return 2 ** zeros - 1 + bits(zeros);
  };
  const signed = () => {
    const code = unsigned();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  };
  return { bits, unsigned, signed, position: () => at };
}

/** Fields as pairs of value and width, with the stop bit and the zeros to the next byte behind them (rbsp_trailing_bits). */
export function writeBits(fields: readonly (readonly [value: number, width: number])[]): Uint8Array {
  const digits = `${fields.map(([value, width]) => value.toString(2).padStart(width, '0')).join('')}1`;
  const bytes = new Uint8Array(Math.ceil(digits.length / 8));
  for (const [index] of bytes.entries())
    bytes[index] = Number.parseInt(digits.slice(index * 8, index * 8 + 8).padEnd(8, '0'), 2);
  return bytes;
}

/** ue(v) as a field for `writeBits`: as many zeros before it as digits after its first. */
export function unsignedField(value: number): readonly [number, number] {
  const digits = (value + 1).toString(2).length;
  return [value + 1, 2 * digits - 1];
}

/** Writes `value` over the `width` bits from `position` on, in place. */
export function overwriteBits(bytes: Uint8Array, position: number, value: number, width: number): void {
  for (let n = 0; n < width; n++) {
    const at = position + n;
    const mask = 1 << (7 - (at & 7));
    const isSet = (value >> (width - 1 - n)) & 1;
    bytes[at >> 3] = isSet ? (bytes[at >> 3] ?? 0) | mask : (bytes[at >> 3] ?? 0) & ~mask;
  }
}

/** Takes out the bytes that keep a payload from looking like a start code. */
export function unescapeNal(nal: Uint8Array): Uint8Array {
  const plain = new Uint8Array(nal.length);
  let length = 0;
  let zeros = 0;
  for (const byte of nal) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    plain[length++] = byte;
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return plain.slice(0, length);
}

/** The way back. */
export function escapeNal(plain: Uint8Array): Uint8Array {
  const nal = new Uint8Array(Math.ceil((plain.length * 3) / 2) + 1);
  let length = 0;
  let zeros = 0;
  for (const byte of plain) {
    if (zeros >= 2 && byte <= 3) {
      nal[length++] = 3;
      zeros = 0;
    }
    nal[length++] = byte;
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return nal.slice(0, length);
}
