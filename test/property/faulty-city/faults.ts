/** Faults of programs, each of which follows from who is asked for what: the same question fails alike whoever asks it, and whenever. */

import type { GraphQLFormattedError } from 'graphql';

import type { Answer, Question } from '../../../common/wire.ts';
import { AskError } from '../../../gateway/asking/reply.ts';
import { digest } from '../catalogue/world.ts';

/** What is the matter with the city in one trial. */
export interface Weather {
  readonly seed: number;
  /** One of so many values is spoilt; 0 for none. */
  readonly faultsIn: number;
  /** Programs that do not answer, and how. */
  readonly ill: ReadonlyMap<string, Illness>;
}

export type Illness = (typeof illnesses)[number];

export const illnesses = ['down', 'refuses', 'fails', 'talks nonsense'] as const;

export const fairWeather: Weather = { seed: 0, faultsIn: 0, ill: new Map() };

type Path = readonly (string | number)[];

/** What comes of an answer that a program would give; throws where none comes. `answer` is changed. */
export function spoilt(answer: Answer, { variables }: Question, program: string, weather: Weather): Answer {
  switch (weather.ill.get(program)) {
    case 'down':
      throw new AskError('DOWN', 'It is down.', { wasSent: false });
    case 'refuses':
      return { errors: [{ message: 'No.', extensions: { code: 'FORBIDDEN' } }] };
    case 'fails':
      return { data: null, errors: [{ message: 'Broken.', extensions: { code: 'INTERNAL' } }] };
    case 'talks nonsense':
      throw new AskError('GARBLED', 'Nobody understands it.');
    case undefined:
  }
  const { data } = answer;
  if (!data || weather.faultsIn === 0) return answer;
  const errors: GraphQLFormattedError[] = [...(answer.errors ?? [])];
  const representations = (variables?.['representations'] ?? []) as readonly unknown[];
  const visit = (value: unknown, path: Path, name: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const holder = value as Record<string | number, unknown>;
    for (const key of Object.keys(value)) {
      const step = Array.isArray(value) ? Number(key) : key;
      const isEntity = name === '._entities';
      const own = isEntity ? JSON.stringify(representations[Number(key)]) : `${name}.${key}`;
      const chance = digest(`${weather.seed} ${program} ${own}`);
      if (key !== '__typename' && !isEntity && chance % weather.faultsIn === 0) {
        spoil(holder, step, Math.floor(chance / weather.faultsIn) % 4, [...path, step], errors);
      } else visit(holder[key], [...path, step], own);
    }
  };
  visit(data, [], '');
  return errors.length > 0 ? { ...answer, errors } : answer;
}

function spoil(
  holder: Record<string | number, unknown>,
  key: string | number,
  how: number,
  path: Path,
  errors: GraphQLFormattedError[],
): void {
  if (how === 0 && typeof key === 'string') Reflect.deleteProperty(holder, key);
  else if (how === 1) holder[key] = typeof holder[key] === 'object' ? 'not of its type' : { not: 'of its type' };
  else {
    holder[key] = null;
    if (how === 2) errors.push({ message: 'It failed.', path, extensions: { code: 'INTERNAL' } });
  }
}
