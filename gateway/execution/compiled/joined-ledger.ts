/** A ledger for a fetch that stands at several places: what is written under the first path is written under each. */

import type { Ledger, ResponsePath } from '../../ledger/ledger.ts';

export interface JoinedLedger extends Ledger {
  /** Another place, for what has been written and what is going to be. */
  join(path: ResponsePath): void;
}

export function joinedLedger(ledger: Ledger, first: ResponsePath): JoinedLedger {
  const paths = [first];
  const written: ((path: ResponsePath) => void)[] = [];
  const write = (entry: (path: ResponsePath) => void) => {
    written.push(entry);
    for (const path of paths) entry(path);
  };
  const at = (path: ResponsePath, own: ResponsePath): ResponsePath => [...path, ...own.slice(first.length)];
  return {
    ...ledger,
    report: (entry) => write((path) => ledger.report({ ...entry, path: at(path, entry.path) })),
    cover: (own, coverage) => write((path) => ledger.cover(at(path, own), coverage)),
    coverAgency: (own, agency, answered) => write((path) => ledger.coverAgency(at(path, own), agency, answered)),
    join(path) {
      paths.push(path);
      for (const entry of written) entry(path);
    },
  };
}
