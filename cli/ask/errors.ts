/** An answer's errors in words, and whether they are a refusal of the question itself. */

import { errorCodes, type ErrorCode } from '../../gateway/errors.ts';
import type { Answer } from '../../common/wire.ts';
import { toTerminalText } from './text-width.ts';

/** One line for each error, after a line that counts them. */
export function describeErrors({ errors = [] }: Answer): readonly string[] {
  if (errors.length === 0) return [];
  const lines = errors.map(({ message, path, locations, extensions }) => {
    const code = extensions?.['code'];
    const paths = extensions?.['paths'];
    const place = Array.isArray(paths) ? paths.join(', ') : path?.join('.');
    const at = locations?.[0];
    const facts = [
      ...(typeof code === 'string' ? [code] : []),
      ...(place === undefined || place === '' ? [] : [`at ${place}`]),
      ...(at ? [`line ${at.line}, column ${at.column} of the question`] : []),
    ];
    return `  ${toTerminalText(message)}${facts.length === 0 ? '' : ` (${toTerminalText(facts.join('; '))})`}`;
  });
  return [errors.length === 1 ? 'One error:' : `${errors.length} errors:`, ...lines];
}

/** Whether the hub refused the question: there is no data at all, or every root is null and the caller is to blame. */
export function isRefused({ data, errors = [] }: Answer): boolean {
  if (!data) return true;
  return (
    errors.length > 0 &&
    Object.values(data).every((value) => value === null) &&
    errors.every(({ extensions }) => errorCodes[extensions?.['code'] as ErrorCode] === 'caller')
  );
}
