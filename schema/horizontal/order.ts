/** Orders as a contract writes them: `filedOn DESC, number ASC`. */

/** One part of an order. */
interface OrderPart {
  readonly name: string;
  readonly direction: 'ASC' | 'DESC';
}

/** The parts of an order; undefined when it is none. Without a direction a part ascends. */
export function orderOf(text: string | null): OrderPart[] | undefined {
  const parts = (text ?? '').split(',').map((part) => /^\s*(\w+)(?:\s+(ASC|DESC))?\s*$/.exec(part));
  if (parts.includes(null)) return undefined;
  return parts.map((part) => ({ name: part![1]!, direction: part![2] === 'DESC' ? 'DESC' : 'ASC' }));
}

/** The field names of an order. */
export function orderFieldsOf(order: string | null): string[] {
  return orderOf(order)?.map((part) => part.name) ?? [];
}
