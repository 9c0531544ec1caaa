/** What decides how values are written and what a transaction sees, whatever the server, database or role is set to. */
const settings = {
  timezone: 'UTC',
  datestyle: 'ISO, YMD',
  intervalstyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  default_transaction_isolation: 'read committed',
  client_min_messages: 'warning',
};

/**
 * The settings that a connection starts with, so that none costs a question of its own; a search path as `search_path` is
 * written, each name quoted.
 */
export function toStartOptions(searchPath: string): string {
  return Object.entries({ ...settings, search_path: searchPath })
    .map(([name, value]) => `-c ${name}=${value.replace(/[\s\\]/g, '\\$&')}`)
    .join(' ');
}
