/** What every subcommand of `nonet` is. */

export interface Command {
  readonly help: string;
  /** The help of what the arguments name, where a command is several; undefined when they name none. */
  helpFor?(args: readonly string[]): Promise<string | undefined>;
  /** Resolves with the exit code. */
  run(args: readonly string[]): Promise<number>;
}

/** The command line is wrong: one line that says what is right. Exit code 2. */
export class UsageFault extends Error {}

/** Settings are wrong: every fault, one a line. Exit code 78 (EX_CONFIG of sysexits.h). */
export class SettingsFault extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
  }
}
