/** The sources of a mended supergraph: stand-ins are asked as the fields that they stand for, and twins are the same source. */

import { Kind, print, visit, type DocumentNode, type FieldNode } from 'graphql';

import type { MendedSupergraph } from '../../schema/planning/mended.ts';
import type { StandIns } from '../../schema/planning/stand-ins.ts';
import type { Source } from '../explain/foresight.ts';
import { fetchOf } from '../sources/fetch.ts';
import { sparedKeyless } from './keyless.ts';

/** Sources by the names that the planner has for them. */
export function mendedSources(
  ownSources: ReadonlyMap<string, Source>,
  { standIns, toldOfStandIns, twins }: MendedSupergraph,
): ReadonlyMap<string, Source> {
  const sources = new Map([...ownSources].map(([name, source]) => [name, sparedKeyless(source)]));
  if (standIns.size === 0 && twins.size === 0) return sources;
  const doubled = [...twins].flatMap(([twin, name]): [string, Source][] => {
    const source = sources.get(name);
    return source ? [[twin, source]] : [];
  });
  return new Map(
    [...sources, ...doubled].map(([name, source]) => [
      name,
      standIns.size === 0 ? source : withStandIns(source, standIns, toldOfStandIns.has(name)),
    ]),
  );
}

interface Translated {
  readonly document: DocumentNode;
  readonly query: string;
}

function withStandIns(source: Source, standIns: StandIns, isTold: boolean): Source {
  const translated = new WeakMap<DocumentNode, Translated>();
  const translate = (document: DocumentNode): Translated => {
    const known = translated.get(document) ?? toSubgraphs(document, standIns);
    translated.set(document, known);
    return known;
  };
  return {
    ...(source.wholeRowsOf && { wholeRowsOf: (document) => source.wholeRowsOf!(translate(document).document) }),
    ...(source.noteUntold && {
      noteUntold: (fetch, untold) =>
        source.noteUntold!({ ...fetch, document: translate(fetch.document).document }, untold),
    }),
    foresee: (fetch) => source.foresee({ ...fetch, document: translate(fetch.document).document }),
    process(options) {
      const given = fetchOf(options);
      const { document, query } = translate(given.document);
      const { representations } = given.variables;
      // Most are told of none: their lists stay the same ones, which agencies share.
      const named = isTold && representations !== undefined;
      const variables = named
        ? { ...given.variables, representations: toFields(representations, standIns) }
        : given.variables;
      const request = { ...options.request, query, variables };
      return source.process({ ...options, ...{ document }, request });
    },
  };
}

/** Each stand-in is asked for as its field, under its own name as the response key. */
function toSubgraphs(document: DocumentNode, standIns: StandIns): Translated {
  const own = visit(document, {
    Field(node): FieldNode | undefined {
      const standIn = standIns.get(node.name.value);
      if (!standIn) return undefined;
      return {
        ...node,
        alias: node.alias ?? node.name,
        name: { kind: Kind.NAME, value: standIn.field },
        arguments: standIn.arguments,
      };
    },
  });
  return { document: own, query: print(own) };
}

/** Representations as the subgraph that requires them reads them. */
function toFields(value: unknown, standIns: StandIns): unknown {
  if (Array.isArray(value)) return value.map((item) => toFields(item, standIns));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, own]) => [standIns.get(key)?.field ?? key, toFields(own, standIns)]),
  );
}
