/** Who answers fetches, as the executor sees them. */

import type { Source } from '../../explain/foresight.ts';

export type AnsweringSource = Pick<Source, 'process' | 'wholeRowsOf' | 'noteUntold'>;

export type Response = Awaited<ReturnType<AnsweringSource['process']>>;
