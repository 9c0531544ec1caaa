import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { isCourtCode, isLegacyPrefix, type CaseNumber } from './case-number.ts';
import { ValueError } from './value-error.ts';

/** One member court, as the registry file has it. */
export interface CourtEntry {
  /** 法院代字, the court's identity: `苏0312`. */
  readonly code: string;
  readonly name: string;
  readonly englishName: string;
  readonly level: 'INTERMEDIATE' | 'BASIC';
  /** GB/T 2260, six digits; null for a court without a division of its own. */
  readonly division: string | null;
  /** Every code whose case numbers are this court's: its own, and those of courts merged into it. */
  readonly codes: readonly string[];
  /** What stands for the court in case numbers of before 2016: `铜`. */
  readonly legacyPrefixes: readonly string[];
  /** The court contract it speaks: `1.0`. */
  readonly contractVersion: string;
  readonly endpoint: CourtEndpoint;
}

/** Another hub, which is asked as one court is and answers for all courts that stand behind it. */
export interface HubEntry {
  /** Its name in endpoints and errors: `xuzhou`. It is never the code of a court. */
  readonly code: string;
  readonly name: string;
  readonly englishName: string;
  readonly contractVersion: string;
  readonly endpoint: OwnEndpoint;
}

/** Who is asked: a court for itself, or a hub for its courts. */
export type Speaker = Pick<HubEntry, 'code' | 'name' | 'contractVersion' | 'endpoint'>;

/**
 * Where a court is asked: in the hub's own process, at one address, at several that have the same rows (replicas), of
 * which the first is preferred, or through another hub.
 */
export type CourtEndpoint = OwnEndpoint | { readonly hub: string };

export type OwnEndpoint = 'embedded' | { readonly url: string } | { readonly urls: readonly string[] };

/** The addresses of a court, the preferred one first; none for one in the hub's own process, or behind another hub. */
export function urlsOf(endpoint: CourtEndpoint): readonly string[] {
  if (endpoint === 'embedded' || 'hub' in endpoint) return [];
  return 'url' in endpoint ? [endpoint.url] : endpoint.urls;
}

/** The member courts, in the order of the bytes of their codes. */
export interface CourtRegistry {
  readonly courts: readonly CourtEntry[];
  /** Other hubs, in the order of the file. */
  readonly hubs: readonly HubEntry[];
  /** Everybody who is asked, in the order of the courts: those with an endpoint of their own, a hub where its first court is. */
  readonly speakers: readonly Speaker[];
  /** The court that has this code among its `codes`. */
  byCode(code: string): CourtEntry | undefined;
  /** The court that this case number belongs to; codes and prefixes match whole, so 苏03 does not own 苏0312. */
  ownerOf(number: CaseNumber): CourtEntry | undefined;
}

/** Reads a registry; throws one ValueError with every fault in it, one a line. */
export function parseCourtRegistry(json: unknown): CourtRegistry {
  const judged = judgeCourtRegistry(json);
  if ('courts' in judged) return judged;
  const lines = judged.map((fault) => `\n- ${fault}`).join('');
  throw new ValueError(`the registry of courts has faults:${lines}\n`, 'a file such as registry/courts.json');
}

/** A registry, or every fault in it. */
export function judgeCourtRegistry(json: unknown): CourtRegistry | readonly string[] {
  const parsed = registrySchema.safeParse(json);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${place(json, issue.path)}: ${issue.message}`);
  faults.push(...duplicates(json));
  faults.push(...faultsOfHubs(json));
  return parsed.success && faults.length === 0 ? toRegistry(parsed.data.courts, parsed.data.hubs) : faults;
}

/** The project's own registry file. */
export const defaultRegistryFile = fileURLToPath(new URL('../registry/courts.json', import.meta.url));

/** Reads the registry file at `path`, by default the project's own. */
export function readCourtRegistry(path = defaultRegistryFile): CourtRegistry {
  const text = readFileSync(path, 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ValueError(`${path} is not JSON`, 'a file such as registry/courts.json', { cause });
  }
  return parseCourtRegistry(json);
}

const courtCode = z.string().refine(isCourtCode, {
  error: 'is no court code; expected a province character with no, two or four digits, such as 苏0312',
});

const legacyPrefix = z.string().refine(isLegacyPrefix, {
  error:
    'is no prefix of older case numbers; expected one to four characters without 执, 恢, 字, 第 and 号, such as 铜',
});

const endpointUrl = z.string().refine(isPlainHttpUrl, {
  error: 'is no endpoint; expected an http or https address without user, password and fragment',
});

const endpointUrls = z
  .array(endpointUrl)
  .min(1, 'is no endpoint; expected at least one address')
  .refine(areDistinct, { error: 'name one address twice; expected another replica at each' });

const contractVersion = z.string().regex(/^\d+\.\d+$/, 'is no contract version; expected one such as "1.0"');

const ownEndpoints = [
  z.literal('embedded'),
  z.strictObject({ url: endpointUrl }),
  z.strictObject({ urls: endpointUrls }),
] as const;

/** Whether text can name a hub in a registry; no court's code can. */
export function isHubCode(text: string): boolean {
  return /^[a-z][a-z0-9-]{0,39}$/.test(text);
}

const hubCode = z.string().refine(isHubCode, {
  error: 'is no name of a hub; expected small letters, digits and hyphens, such as xuzhou',
});

const hubSchema = z.strictObject({
  code: hubCode,
  name: z.string().trim().min(1),
  englishName: z.string().trim().min(1),
  contractVersion,
  endpoint: z.union([z.strictObject({ url: endpointUrl }), z.strictObject({ urls: endpointUrls })], {
    error: 'is no endpoint of a hub; expected { "url": "https://…/contract" } or { "urls": ["https://…", …] }',
  }),
});

const courtSchema = z.strictObject({
  code: courtCode,
  name: z.string().trim().min(1),
  englishName: z.string().trim().min(1),
  level: z.enum(['INTERMEDIATE', 'BASIC']),
  division: z
    .string()
    .regex(/^\d{6}$/, 'is no division of GB/T 2260; expected six digits, or null for a court without one')
    .nullable(),
  codes: z.array(courtCode).min(1),
  legacyPrefixes: z.array(legacyPrefix),
  contractVersion,
  endpoint: z.union([...ownEndpoints, z.strictObject({ hub: hubCode })], {
    error:
      'is no endpoint; expected "embedded", { "url": "https://…" }, { "urls": ["https://…", …] } or { "hub": "xuzhou" }',
  }),
});

const registrySchema = z.strictObject({
  $comment: z.union([z.string(), z.array(z.string())]).optional(),
  courts: z.array(courtSchema).min(1),
  hubs: z.array(hubSchema).default([]),
});

/** What the entries claim for themselves, read even where other fields are at fault, so that one reading finds all. */
const claimsSchema = z
  .object({
    courts: z.array(
      z
        .object({
          code: z.string().nullable().catch(null),
          codes: z.array(z.string()).catch([]),
          legacyPrefixes: z.array(z.string()).catch([]),
          endpoint: z.object({ hub: z.string().nullable().catch(null) }).catch({ hub: null }),
        })
        .catch({ code: null, codes: [], legacyPrefixes: [], endpoint: { hub: null } }),
    ),
    hubs: z.array(z.object({ code: z.string().nullable().catch(null) }).catch({ code: null })).catch([]),
  })
  .catch({ courts: [], hubs: [] });

function duplicates(json: unknown): string[] {
  const { courts } = claimsSchema.parse(json);
  const faults: string[] = [];
  const owners = new Map<string, number>();
  const claim = (what: string, value: string, index: number, field: string): void => {
    const claimed = `${what} ${value}`;
    const other = owners.get(claimed);
    if (other === undefined) owners.set(claimed, index);
    else faults.push(`${place(json, ['courts', index, field])}: ${value} is claimed already by courts[${other}]`);
  };
  courts.forEach(({ code, codes, legacyPrefixes }, index) => {
    if (code !== null && !codes.includes(code)) {
      faults.push(`${place(json, ['courts', index, 'codes'])}: lacks the court's own code ${code}`);
    }
    if (code !== null) claim('identity', code, index, 'code');
    for (const each of codes) claim('code', each, index, 'codes');
    for (const prefix of legacyPrefixes) claim('prefix', prefix, index, 'legacyPrefixes');
  });
  return faults;
}

/** A hub is named once, every court behind a hub names one that is there, and every hub has courts. */
function faultsOfHubs(json: unknown): string[] {
  const { courts, hubs } = claimsSchema.parse(json);
  const codes = hubs.map(({ code }) => code);
  const named = new Set(courts.map(({ endpoint }) => endpoint.hub));
  return [
    ...codes.flatMap((code, index) => {
      if (code === null) return [];
      const first = codes.indexOf(code);
      if (first < index) return [`hubs[${index}].code: ${code} is claimed already by hubs[${first}]`];
      return named.has(code) ? [] : [`hubs[${index}] (${code}): no court has "endpoint": { "hub": "${code}" }`];
    }),
    ...courts.flatMap(({ endpoint: { hub } }, index) => {
      if (hub === null || !isHubCode(hub) || codes.includes(hub)) return [];
      return [`${place(json, ['courts', index, 'endpoint'])}: there is no hub "${hub}" among "hubs"`];
    }),
  ];
}

/** The hub that a court stands behind; null for one with an endpoint of its own. */
export function hubOf(endpoint: CourtEndpoint): string | null {
  return typeof endpoint === 'object' && 'hub' in endpoint ? endpoint.hub : null;
}

/** `courts[3].codes[0] (苏0312)`: where in the file, and which court for people. */
function place(json: unknown, path: readonly PropertyKey[]): string {
  const where = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  const { courts } = claimsSchema.parse(json);
  const code = path[0] === 'courts' && typeof path[1] === 'number' ? courts[path[1]]?.code : undefined;
  return (where.slice(1) || 'the file') + (code == null ? '' : ` (${code})`);
}

function toRegistry(unordered: readonly CourtEntry[], hubs: readonly HubEntry[]): CourtRegistry {
  const courts = [...unordered].sort((a, b) => Buffer.compare(Buffer.from(a.code), Buffer.from(b.code)));
  const byCode = new Map(courts.flatMap((court) => court.codes.map((code) => [code, court] as const)));
  const byPrefix = new Map(courts.flatMap((court) => court.legacyPrefixes.map((prefix) => [prefix, court] as const)));
  const speakers = courts.map((court) => speakerOf(court, hubs));
  return {
    courts,
    hubs,
    speakers: [...new Map(speakers.map((speaker) => [speaker.code, speaker])).values()],
    byCode: (code) => byCode.get(code),
    // 新 is 新沂 in an older number and Xinjiang's high court in a standard one.
    ownerOf: ({ court, legacy }) => (legacy ? byPrefix : byCode).get(court),
  };
}

function speakerOf({ endpoint, ...court }: CourtEntry, hubs: readonly HubEntry[]): Speaker {
  if (endpoint === 'embedded' || !('hub' in endpoint)) return { ...court, endpoint };
  return hubs.find(({ code }) => code === endpoint.hub)!;
}

function isPlainHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.hash === '';
}

function areDistinct(urls: readonly string[]): boolean {
  return new Set(urls.map((url) => (URL.canParse(url) ? new URL(url).href : url))).size === urls.length;
}
