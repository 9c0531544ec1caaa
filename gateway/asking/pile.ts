/** Bytes that come in pieces, as one. A piece may be a single byte, and to keep a Buffer for each would cost a hundred. */

export interface Pile {
  /** How many bytes there are. */
  length(): number;
  add(piece: Buffer): void;
  /** All of them; none are left. */
  take(): Buffer;
}

/** An empty one. */
export function openPile(): Pile {
  let [store, used]: [Buffer, number] = [nothing, 0];
  return {
    length: () => used,
    add(piece) {
      if (used === 0) {
        // Mostly the only one: it stays as it came, and is never written to, since it is full.
        store = piece;
      } else {
        if (used + piece.length > store.length) {
          const larger = Buffer.allocUnsafe(Math.max(least, 2 * (used + piece.length)));
          store.copy(larger, 0, 0, used);
          store = larger;
        }
        piece.copy(store, used);
      }
      used += piece.length;
    },
    take() {
      const all = store.subarray(0, used);
      [store, used] = [nothing, 0];
      return all;
    },
  };
}

const nothing = Buffer.alloc(0);
const least = 64 * 1024;
