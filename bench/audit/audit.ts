/** `npm run bench:horizontal`: the horizontal audit of Nonet and of engines that are not ours, over the same courts; writes bench/AUDIT.md. */

import { writeFileSync } from 'node:fs';

import { families } from '../../audit/audit.ts';
import { toSummary } from '../../audit/report.ts';
import { runAudits, type AuditResult } from '../../audit/run.ts';
import { startWorld } from '../../audit/world/world.ts';
import { provenance } from '../machine.ts';
import { engines } from './engines.ts';

/** The audits of one engine. */
interface Audited {
  readonly name: string;
  readonly results: readonly AuditResult[];
}

const audited: Audited[] = [];
for (const engine of engines) {
  const world = await startWorld();
  try {
    const endpoint = await engine.start(world);
    try {
      const results = await runAudits(new URL('/graphql', endpoint.url).href, world, {
        ...engine.patience,
        headers: endpoint.headers,
      });
      process.stdout.write(`${engine.name}: ${toSummary(results)}\n`);
      audited.push({ name: engine.name, results });
    } finally {
      await endpoint.stop();
    }
  } finally {
    await world.stop();
  }
}
writeFileSync(new URL('../AUDIT.md', import.meta.url), toReport(audited));

function toReport(all: readonly Audited[]): string {
  return [
    '# The horizontal audit of several engines',
    '',
    'Written by `npm run bench:horizontal`: the same nine courts, the same questions, the same oracle that holds all rows',
    '(`audit/README.md`). Nonet has the courts through its composer; the others have them as nine subgraphs whose types are',
    '`@shareable`, which is the one way that federation offers for it. Their failures are no defects of theirs: rows of several',
    'subgraphs are not what they promise to join. Each cell is passed / all.',
    '',
    `${provenance('gateway', 'common', 'audit', 'subgraphs', 'schema')}.`,
    '',
    toTable(all),
    ...all.filter(({ results }) => results.some(({ failure }) => failure !== null)).map(toFacts),
    '',
  ].join('\n');
}

function toTable(all: readonly Audited[]): string {
  const cellOf = (results: readonly AuditResult[]) =>
    `${results.filter(({ failure }) => failure === null).length} / ${results.length}`;
  const rows = families.map((family) => [
    family,
    ...all.map(({ results }) => cellOf(results.filter(({ audit }) => audit.family === family))),
  ]);
  return [
    ['family', ...all.map(({ name }) => name)],
    ['---', ...all.map(() => '--:')],
    ...rows,
    ['**all**', ...all.map(({ results }) => `**${cellOf(results)}**`)],
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function toFacts({ name, results }: Audited): string {
  const facts = results.flatMap(({ audit, failure }) =>
    failure === null ? [] : [`- ${audit.id} ${audit.name}: ${failure}`],
  );
  return ['', `## What ${name} does instead`, '', ...facts].join('\n');
}
