/** Parts of an answer that are asked for in case they are wanted, and read when they are. */

/** The response key of objects that may be left unread; an answer has them as they are, or each as a `Late`. */
export const lateKey = '_nonet_whole';

/** An object of an answer that nobody has read yet. */
export class Late {
  readonly #read: () => unknown;

  constructor(read: () => unknown) {
    this.#read = read;
  }

  /** Its value; undefined where it is no JSON. It is read each time. */
  read(): unknown {
    return this.#read();
  }

  /** As it is where an answer is copied by its JSON. */
  toJSON(): unknown {
    return this.#read();
  }
}
