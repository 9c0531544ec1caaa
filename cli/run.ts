/** Finds the subcommand and runs it. Wrong use exits 2, wrong settings exit 78. */

import { SettingsFault, UsageFault, type Command } from './command.ts';

interface Listed {
  readonly name: string;
  readonly summary: string;
  /** Loads the command alone: the hub and the composer take seconds, and help needs neither. */
  readonly load: () => Promise<Command>;
}

const commands: readonly Listed[] = [
  {
    name: 'start',
    summary: 'start the hub with its courts and agencies, or a part alone',
    load: async () => (await import('./start/start.ts')).start,
  },
  {
    name: 'serve',
    summary: 'serve the courts together as subgraphs for another engine',
    load: async () => (await import('./serve/serve.ts')).serve,
  },
  {
    name: 'mocks',
    summary: "serve the agencies' upstreams, mocked, over HTTP",
    load: async () => (await import('./mocks.ts')).mocks,
  },
  {
    name: 'compose',
    summary: 'compose the graph from the contract and the subgraphs',
    load: async () => (await import('./compose/compose.ts')).compose,
  },
  {
    name: 'check',
    summary: 'say whether the contract, or a court, can be composed',
    load: async () => (await import('./check/check.ts')).check,
  },
  {
    name: 'import',
    summary: "read a court's own export into its database",
    load: async () => (await import('./import/import.ts')).importCommand,
  },
  {
    name: 'hub-key',
    summary: 'make the key by which programs know their hub, and let another follow it',
    load: async () => (await import('./hub-key.ts')).hubKey,
  },
  {
    name: 'ask',
    summary: 'ask a hub: an example or a GraphQL file, answered as tables, CSV or JSON',
    load: async () => (await import('./ask/ask.ts')).ask,
  },
  {
    name: 'token',
    summary: 'print a token for a hub that makes them itself: who one wants to be',
    load: async () => (await import('./token/token.ts')).token,
  },
  {
    name: 'explain',
    summary: 'say whom a question asks, whom not and why, and how much at most, before it is asked',
    load: async () => (await import('./explain/explain.ts')).explain,
  },
  {
    name: 'audit',
    summary: 'verify the trail of questions to agencies and of changes',
    load: async () => (await import('./audit/audit.ts')).audit,
  },
];

/** Where `nonet` itself writes: help, and what is wrong. */
export interface Console {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/** Runs a command line; resolves with the exit code. */
export async function runNonet([wanted, ...args]: readonly string[], console: Console): Promise<number> {
  if (wanted === undefined || isHelp(wanted) || wanted === 'help') return help(args[0], args.slice(1), console);
  const command = commands.find((candidate) => candidate.name === wanted);
  if (!command) return unknown(wanted, console);
  if (beforeDashes(args).some(isHelp)) return help(command.name, args, console);
  try {
    return await (await command.load()).run(args);
  } catch (error) {
    if (error instanceof UsageFault) {
      console.err(`nonet ${command.name}: ${error.message} See nonet ${command.name} --help.`);
      return 2;
    }
    if (error instanceof SettingsFault) {
      console.err(error.message);
      return 78;
    }
    console.err(`nonet ${command.name}: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h';
}

/** Behind `--` a word is never an option. */
function beforeDashes(args: readonly string[]): readonly string[] {
  const dashes = args.indexOf('--');
  return dashes < 0 ? args : args.slice(0, dashes);
}

/** Help of one command (of that part of it which the arguments name), or of all. */
async function help(about: string | undefined, args: readonly string[], console: Console): Promise<number> {
  const command = commands.find(({ name }) => name === about);
  if (about !== undefined && !isHelp(about) && about !== 'help' && !command) return unknown(about, console);
  if (!command) {
    console.out(usage());
    return 0;
  }
  const loaded = await command.load();
  console.out((await loaded.helpFor?.(args)) ?? loaded.help);
  return 0;
}

function unknown(wanted: string, console: Console): number {
  const names = commands.map((command) => command.name).join(', ');
  console.err(`nonet: there is no command "${wanted}". Known: ${names}.`);
  return 2;
}

function usage(): string {
  const lines = commands.map((command) => `  ${command.name.padEnd(10)}${command.summary}`);
  return [
    'Usage: nonet <command> [options]',
    '',
    ...lines,
    '',
    'nonet <command> --help, or nonet help <command>, tells more.',
  ].join('\n');
}
