import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ApolloServer } from '@apollo/server';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDoor } from '../../../gateway/http/door.ts';
import type { Door } from '../../../gateway/http/door.ts';
import { createSmallCity } from './small-city.ts';
import { readCourtRegistry } from '../../../common/court-registry.ts';
import { createTokenDesk } from '../../../gateway/viewer/token-desk.ts';
import { anybody, localViewers } from '../../support/viewers.ts';

const executablePath = '/usr/bin/chromium';
const screenshots = new URL('../screenshots/', import.meta.url);
const noChromium = !existsSync(executablePath) && process.env['CI'] === undefined;

let city: ApolloServer;
let door: Door;

beforeAll(async () => {
  city = createSmallCity();
  await city.start();
  door = await openDoor({
    authenticate: localViewers.authenticate,
    tokens: createTokenDesk(localViewers.issuer, () => readCourtRegistry().courts),
    enter: () => ({ apollo: city, context: {}, leave: () => undefined }),
    status: () => ({ schemaLoaded: true, courts: [], hubs: [], agencies: [], subgraphs: [] }),
    explorer: { variables: { 'debtor-across-courts': { name: '王</script>伟' } } },
    host: '127.0.0.1',
    port: 0,
  });
});

afterAll(async () => {
  await door.stop(0);
  await city.stop();
});

describe('the page as a file', () => {
  it('is compressed once, revalidated by its tag, and allowed to reach its own origin alone', async () => {
    const first = await fetch(door.url);
    expect(first.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(first.headers.get('content-encoding')).toBe('gzip');
    expect(first.headers.get('content-security-policy')).toContain("connect-src 'self'");
    expect(first.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(first.headers.get('content-security-policy')).not.toMatch(/script-src[^;]*(unsafe|http|blob|\*)/);
    const etag = first.headers.get('etag') ?? '';
    const again = await fetch(door.url, { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const other = await fetch(door.url, { headers: { 'if-none-match': 'W/"older"' } });
    expect([other.status, other.headers.get('etag')]).toEqual([200, etag]);
  });

  it('holds variables as data that cannot end their element', async () => {
    const text = await (await fetch(door.url)).text();
    const settings = /<script type="application\/json" id="settings">([^]*?)<\/script>/.exec(text)?.[1] ?? '';
    const { examples } = JSON.parse(settings) as { examples: { query: string; variables: string }[] };
    expect(examples).toHaveLength(5);
    expect(JSON.parse(examples[3]?.variables ?? '')).toEqual({ name: '王</script>伟' });
  });

  it('stops the start, not the first visitor, when an example is missing', async () => {
    const explorer = { directory: new URL('nowhere/', import.meta.url) };
    const status = () => ({ schemaLoaded: true, courts: [], hubs: [], agencies: [], subgraphs: [] });
    const enter = () => ({ apollo: city, context: {}, leave: () => undefined });
    await expect(
      openDoor({ authenticate: anybody, enter, status, explorer, host: '127.0.0.1', port: 0 }),
    ).rejects.toThrow(/city-wide\.graphql/);
  });

  it('sends its large files in full, compressed and plain', async () => {
    const path = `${door.url}/explorer/graphiql.js`;
    const [zipped, plain] = await Promise.all([
      fetch(path, { headers: { 'accept-encoding': 'gzip' } }),
      fetch(path, { headers: { 'accept-encoding': 'identity' } }),
    ]);
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    expect(plain.headers.get('content-encoding')).toBeNull();
    const [unzipped, text] = await Promise.all([zipped.text(), plain.text()]);
    expect(unzipped === text).toBe(true);
    expect(text.length).toBeGreaterThan(1_000_000);
  });
});

// Without a browser there is nothing to look at; a CI machine must have one, and fails there.
const inChromium = noChromium ? `in Chromium: skipped, ${executablePath} is not installed` : 'in headless Chromium';

describe.skipIf(noChromium)(inChromium, () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const requested: URL[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    mkdirSync(screenshots, { recursive: true });
    browser = await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });

  afterAll(() => browser.close());

  beforeEach(async () => {
    requested.length = 0;
    complaints.length = 0;
    context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    context.on('request', (request) => requested.push(new URL(request.url())));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(door.url);
    await page.getByRole('tab', { name: 'Statistics' }).waitFor();
  });

  afterEach(() => context.close());

  const tabs = () => page.locator('.graphiql-tab-button').allTextContents();
  const variables = async () => plain(await page.locator('.graphiql-editor-tool').first().innerText());

  it('offers the examples as tabs with their variables, before and after a reload', async () => {
    const examples = ['CityWide', 'JointTaskForce', 'CaseByNumber', 'DebtorAcrossCourts', 'Statistics'];
    expect(await page.title()).toBe('Nonet');
    expect(await tabs()).toEqual(examples);
    await expect.poll(variables).toContain('"filter": {}');
    await page.reload();
    await page.getByRole('tab', { name: 'Statistics' }).waitFor();
    expect(await tabs()).toEqual(examples);
    await expect.poll(variables).toContain('"filter": {}');
  });

  it('asks as whom one chooses to be, after a reload, too', async () => {
    const asked: string[] = [];
    context.on('request', (request) => {
      const token = request.headers()['authorization']?.split('.')[1];
      if (token !== undefined) asked.push(Buffer.from(token, 'base64url').toString());
    });
    const form = page.locator('#viewer');
    const execute = async () => {
      asked.length = 0;
      await page.locator('.graphiql-execute-button').click();
      await expect.poll(() => asked.length).toBeGreaterThan(0);
      return JSON.parse(asked[0]!) as Record<string, unknown>;
    };
    expect(await execute()).toMatchObject({ role: 'command-centre', court: '苏03' });
    await form.getByRole('combobox', { name: 'Who asks' }).selectOption('judge');
    await form.getByRole('combobox', { name: 'Court' }).selectOption('苏0312');
    await form.getByRole('textbox', { name: 'Task forces' }).fill('tf-1，tf-2');
    expect(await execute()).toMatchObject({ role: 'judge', court: '苏0312', task_forces: ['tf-1', 'tf-2'] });
    await page.reload();
    await page.getByRole('tab', { name: 'Statistics' }).waitFor();
    expect(await execute()).toMatchObject({ role: 'judge', court: '苏0312' });
    await form.getByRole('combobox', { name: 'Who asks' }).selectOption('lawyer');
    expect(await form.getByRole('combobox', { name: 'Court' }).isDisabled()).toBe(true);
    expect(await execute()).not.toHaveProperty('court');
    expect(complaints).toEqual([]);
    await page.screenshot({ path: fileURLToPath(new URL('who-asks.png', screenshots)) });
  });

  it('runs every example and shows its answer without an error', async () => {
    for (const [tab, expected] of [
      ['CityWide', '"totalCount": 1'],
      ['JointTaskForce', '"taskForces": {'],
      ['CaseByNumber', '"case": {'],
      ['DebtorAcrossCourts', '"cases": {'],
      ['Statistics', '"caseStatistics": {'],
    ] as const) {
      await page.locator('.graphiql-tab-button', { hasText: tab }).click();
      await page.locator('.graphiql-execute-button').click();
      const answer = page.locator('.result-window');
      await expect.poll(async () => plain(await answer.innerText()), { timeout: 10_000 }).toContain(expected);
      expect(plain(await answer.innerText())).not.toContain('"errors"');
      expect(await page.locator('.graphiql-tab-active').innerText()).toBe(tab);
      await page.screenshot({ path: fileURLToPath(new URL(`explorer-${tab}.png`, screenshots)) });
    }
    expect(complaints).toEqual([]);
  });

  it('asks no other host than the hub, workers included', async () => {
    await page.locator('.graphiql-execute-button').click();
    await expect.poll(async () => plain(await page.locator('.result-window').innerText())).toContain('"data"');
    await expect.poll(() => requested.map(({ pathname }) => pathname)).toContain('/explorer/graphql-worker.js');
    expect(requested.filter(({ protocol, origin }) => protocol !== 'data:' && origin !== door.url)).toEqual([]);
  });

  it('keeps what is typed out of the address and forgets it with the session', async () => {
    await page.locator('.graphiql-query-editor .monaco-editor').first().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' # typed');
    await expect.poll(() => page.evaluate('JSON.stringify(sessionStorage)')).toContain('# typed');
    expect(page.url()).toBe(`${door.url}/`);
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('typed');
  });

  it('explains the schema', async () => {
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).first().click();
    await page.getByText("The city's cases, in one global order.").waitFor();
    await page.screenshot({ path: fileURLToPath(new URL('explorer-documentation.png', screenshots)) });
  });
});

// Monaco draws spaces as no-break spaces.
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}
