import type { Dialect } from './dialect.ts';
import type { Fault } from './fault.ts';

/** An answer about one debtor, or a part of it. */
export type Element = Readonly<Record<string, unknown>>;

/** What a fault of the answer makes of the answer about one debtor; other faults leave it alone. */
export function distort(fault: Fault, element: Element, dialect: Dialect): readonly Element[] {
  switch (fault) {
    case 'reordered':
      return [reversed(element)];
    case 'duplicated': {
      const twice = doubled(element);
      return [twice, twice];
    }
    case 'shortened':
      return [eachList(element, dialect, (rows) => rows.slice(0, -1))];
    case 'garbled':
      return [garbled(element, dialect)];
    case 'renamed':
      return [named(element, dialect.renamed)];
    case 'drifted':
      return [named(element, dialect.drifted)];
    case 'nothing-inside':
      return [withNothing(element, dialect)];
    case 'excessive':
      return [excessive(element)];
    default:
      return [element];
  }
}

/** A measure that was carried out, beyond what was ordered; an answer to a question has nothing of it. */
function excessive(element: Element): Element {
  const { KZZT, SKJE, CSJSRQ } = element;
  if (KZZT !== '1' || typeof CSJSRQ !== 'string') return element;
  const until = `${Number(CSJSRQ.slice(0, 4)) + 1}${CSJSRQ.slice(4)}`;
  return typeof SKJE === 'string' ? { ...element, SKJE: `1${SKJE}` } : { ...element, CSJSRQ: until };
}

function mapObjects(value: unknown, change: (element: Element) => Element, list = (rows: readonly unknown[]) => rows) {
  const visit = (part: unknown): unknown => {
    if (Array.isArray(part)) return list(part.map(visit));
    if (typeof part !== 'object' || part === null) return part;
    return change(Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, visit(inner)])));
  };
  return visit(value) as Element;
}

function reversed(element: Element): Element {
  return mapObjects(
    element,
    (part) => Object.fromEntries(Object.entries(part).reverse()),
    (rows) => [...rows].reverse(),
  );
}

function doubled(element: Element): Element {
  return mapObjects(
    element,
    (part) => part,
    (rows) => rows.flatMap((row) => [row, row]),
  );
}

function named(element: Element, names: Readonly<Record<string, string>>): Element {
  return mapObjects(element, (part) =>
    Object.fromEntries(Object.entries(part).map(([name, value]) => [names[name] ?? name, value])),
  );
}

function eachList(element: Element, { lists }: Dialect, change: (rows: readonly Element[]) => readonly Element[]) {
  const changed = lists.map((list) => [list, change((element[list] ?? []) as readonly Element[])] as const);
  return { ...element, ...Object.fromEntries(changed) };
}

/** Every row of the lists; an answer without any gets one, so that nobody takes it for 查无. */
function garbled(element: Element, dialect: Dialect): Element {
  if (dialect.lists.length === 0) return { ...element, ...dialect.garbled };
  const broken = eachList(element, dialect, (rows) => rows.map((row) => ({ ...row, ...dialect.garbled })));
  const { list } = dialect.nothing;
  return dialect.lists.every((name) => (broken[name] as readonly unknown[]).length === 0)
    ? { ...broken, [list]: [dialect.garbled] }
    : broken;
}

/** Rows that are something stay; 查无 stands in a key, in place of the upstream's own way to say so. */
function withNothing(element: Element, dialect: Dialect): Element {
  if (dialect.lists.length === 0) return element;
  const { list, key, row, answer } = dialect.nothing;
  const isNothing = (own: Element) => String(own[key]).startsWith('查无');
  const reworded = eachList(element, dialect, (rows) => rows.map((own) => (isNothing(own) ? { ...own, ...row } : own)));
  return dialect.lists.every((name) => (reworded[name] as readonly unknown[]).length === 0)
    ? { ...reworded, ...answer, [list]: [row] }
    : reworded;
}
