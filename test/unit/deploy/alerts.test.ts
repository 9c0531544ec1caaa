import { expect, test } from 'vitest';
import { createMetrics } from '../../../gateway/operating/metrics.ts';
import { text, yaml } from './deploy.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string };
}

const { groups } = yaml('deploy/alerts.yaml') as { groups: { name: string; rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);

/** Names of metrics and their parts that the program tells Prometheus. */
async function toldNames(): Promise<Set<string>> {
  const names = new Set(['up']);
  for (const [, name, type] of (await createMetrics({ process: true }).text()).matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    names.add(name!);
    if (type === 'histogram') for (const part of ['bucket', 'sum', 'count']) names.add(`${name}_${part}`);
  }
  return names;
}

/** Names in an expression that are neither functions, nor labels, nor words of PromQL. */
function namesIn(expr: string): string[] {
  const bare = expr.replaceAll(/\{[^}]*\}|"[^"]*"|\b(by|without) \([^)]*\)|\[[^\]]*\]/g, ' ');
  return [...bare.matchAll(/\b[a-z][a-z0-9_]*\b(?!\s*\()/g)]
    .map(([name]) => name)
    .filter((name) => !['sum', 'or', 'and', 'by'].includes(name) && !/^e\d+$/.test(name));
}

test('every alert reads metrics that the hub has, and says what it means', async () => {
  const told = await toldNames();
  expect(rules.length).toBeGreaterThan(8);
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  for (const { alert, expr, labels, annotations } of rules) {
    const names = namesIn(expr);
    expect(names.length, alert).toBeGreaterThan(0);
    for (const name of names) expect(told.has(name), `${alert}: ${name}`).toBe(true);
    expect(['page', 'ticket']).toContain(labels.severity);
    expect(annotations.summary).toMatch(/\.$/);
  }
});

test('OPERATIONS.md has each alert with its expression, each metric of ours, and each setting of compose.yaml', async () => {
  const operations = text('OPERATIONS.md');
  for (const { alert, expr } of rules) expect(operations).toContain(`### ${alert}\n\n    ${expr}\n`);
  const { services } = yaml('compose.yaml') as { services: Record<string, { environment: object }> };
  const settings = new Set(Object.values(services).flatMap(({ environment }) => Object.keys(environment)));
  for (const name of settings) {
    if (!/^(POSTGRES|PG)/.test(name)) expect(operations, name).toContain(`\`${name}\``);
  }
  for (const name of await toldNames()) {
    if (name.startsWith('nonet_') && !/_(bucket|sum|count)$/.test(name)) expect(operations).toContain(`\`${name}\``);
  }
});
