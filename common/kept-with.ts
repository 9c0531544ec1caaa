/**
 * What is kept with an object and goes with it. A WeakMap says the same, and keeps it longer: a collection of V8's young generation takes
 * the values of an old WeakMap for reachable, and they and all that they hold stay until the next full collection
 * ([0058](../decisions/0058-what-is-kept-for-a-request-goes-with-it.md)). So whatever lives as short as a request is kept here.
 */

export interface KeptWith<Owner extends object, Value> {
  of(owner: Owner): Value | undefined;
  /** Keeps it, in the place of what was kept before. The owner must not be frozen. */
  keep(owner: Owner, value: Value): void;
}

/** A place of its own: nobody else sees what is kept, and whoever copies, compares or writes the owner passes it by. */
export function keptWith<Owner extends object, Value>(): KeptWith<Owner, Value> {
  const place = Symbol('kept');
  return {
    of: (owner) => (owner as { readonly [place]?: Value })[place],
    keep: (owner, value) => {
      Object.defineProperty(owner, place, { value, configurable: true });
    },
  };
}
