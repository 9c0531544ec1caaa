/** The command `nonet`: finds the subcommand and runs it. Wrong use exits 2, wrong settings exit 78. */

import 'reflect-metadata';

import { check } from './check/check.ts';
import { compose } from './compose/compose.ts';
import { importCommand } from './import/import.ts';
import { start } from './start/start.ts';
import { SettingsFault, UsageFault, type Command } from './command.ts';

const commands: readonly Command[] = [start, compose, check, importCommand];

const [name, ...rest] = process.argv.slice(2);
process.exitCode = await run(name, rest);

async function run(wanted: string | undefined, args: readonly string[]): Promise<number> {
  const command = commands.find((candidate) => candidate.name === wanted);
  if (!command) {
    const isHelp = wanted === undefined || wanted === '--help' || wanted === '-h' || wanted === 'help';
    (isHelp ? console.log : console.error)(
      isHelp ? usage() : `nonet: there is no command "${wanted}". Known: ${names()}.`,
    );
    return isHelp ? 0 : 2;
  }
  if (args.includes('--help') || args.includes('-h')) {
    console.log(command.help);
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

function names(): string {
  return commands.map((command) => command.name).join(', ');
}

function usage(): string {
  const lines = commands.map((command) => `  ${command.name.padEnd(10)}${command.summary}`);
  return ['Usage: nonet <command> [options]', '', ...lines, '', 'nonet <command> --help tells more.'].join('\n');
}
