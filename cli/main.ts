/** The command `nonet`: finds the subcommand and runs it. Wrong use exits 2, wrong settings exit 78. */

import 'reflect-metadata';

import { SettingsFault, UsageFault, type Command } from './command.ts';

/** By name; each is loaded only when it is wanted: a court's process has no use for the composer, which takes seconds. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start/start.ts')).start,
  mocks: async () => (await import('./mocks.ts')).mocks,
  compose: async () => (await import('./compose/compose.ts')).compose,
  check: async () => (await import('./check/check.ts')).check,
  import: async () => (await import('./import/import.ts')).importCommand,
};

const [name, ...rest] = process.argv.slice(2);
process.exitCode = await run(name, rest);

async function run(wanted: string | undefined, args: readonly string[]): Promise<number> {
  if (wanted === undefined || !Object.hasOwn(commands, wanted)) {
    const isHelp = wanted === undefined || wanted === '--help' || wanted === '-h' || wanted === 'help';
    if (isHelp) console.log(await usage());
    else console.error(`nonet: there is no command "${wanted}". Known: ${Object.keys(commands).join(', ')}.`);
    return isHelp ? 0 : 2;
  }
  const command = await commands[wanted]!();
  if (args.includes('--help') || args.includes('-h')) {
    console.log((await command.helpFor?.(args)) ?? command.help);
    return 0;
  }
  try {
    return await command.run(args);
  } catch (error) {
    if (error instanceof UsageFault) {
      console.error(`nonet ${command.name}: ${error.message} See nonet ${command.name} --help.`);
      return 2;
    }
    if (error instanceof SettingsFault) {
      console.error(error.message);
      return 78;
    }
    console.error(`nonet ${command.name}: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

async function usage(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  const lines = all.map((command) => `  ${command.name.padEnd(10)}${command.summary}`);
  return ['Usage: nonet <command> [options]', '', ...lines, '', 'nonet <command> --help tells more.'].join('\n');
}
