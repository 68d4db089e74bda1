/** A message with the line that ends it (RFC 5321 §4.1.1.4), good until the next one is laid out. */
export interface LaidOut {
  readonly bytes: Buffer;
  /** Of the message alone. */
  readonly sizeBytes: number;
}

export interface MessageBuffer {
  layOut(pieces: readonly Uint8Array[]): LaidOut;
}

const endOfData = Buffer.from('.\r\n');

/**
 * Where a connection puts a message together, so that it leaves in one write. The same memory for one after the other:
 * a buffer of its own for each message is what would keep the collector busy. It may be used again once the server has
 * taken the message and all of it is out; before, bytes may still wait in the socket, and they would become the next one's.
 */
export function openMessageBuffer(): MessageBuffer {
  let memory = Buffer.alloc(0);
  return {
    layOut(pieces) {
      const sizeBytes = pieces.reduce((sum, { length }) => sum + length, 0);
      const length = sizeBytes + endOfData.length;
      if (memory.length < length) memory = Buffer.allocUnsafeSlow(Math.ceil(length * 1.25));
      let end = 0;
      for (const piece of [...pieces, endOfData]) {
        memory.set(piece, end);
        end += piece.length;
      }
      return { bytes: memory.subarray(0, length), sizeBytes };
    },
  };
}
