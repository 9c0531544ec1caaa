import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Open } from './open.ts';

/** What every database promises of its errors. */
export function errorContract(open: Open): void {
  describe('an error', () => {
    const secret = '320312199001011234';

    it.each([
      ['22P02', 'select $1::bigint', `${secret}x`],
      ['22P02', 'select $1::jsonb', `{"a": ${secret}`],
      ['22001', 'insert into person (short) values ($1)', secret],
      ['23505', 'insert into person (id_number) values ($1)', secret],
      ['23514', 'insert into person (id_number) values ($1)', `${secret}!`],
      ['42P01', `select $1::text, 'x'::regclass`, secret],
      ['42P01', 'select $1::regclass', `p${secret}`],
      ['42602', 'select $1::regclass', `p"."${secret}`],
    ])('carries SQLSTATE %s and not the parameter: %s', async (code, sql, parameter) => {
      const database = await open();
      await database.query(
        `create table person (id_number text unique constraint digits check (id_number !~ '!'), short varchar(3))`,
      );
      await database.query('insert into person (id_number) values ($1)', [secret]);
      const error: unknown = await database.query(sql, [parameter]).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code, message: expect.stringContaining(code) as string });
      expect(inspect(error, { showHidden: true, depth: 10 })).not.toContain(secret);
    });

    it('names what is wrong with the statement, or which constraint broke', async () => {
      const database = await open();
      await database.query('create table person (id integer constraint one_each unique)');
      await database.query('insert into person values (1)');
      await expect(database.query('select nmae from person where id = $1', [1])).rejects.toThrow(
        '42703 column "nmae" does not exist',
      );
      await expect(database.query('insert into person values ($1)', [1])).rejects.toMatchObject({
        constraint: 'one_each',
        message: expect.stringContaining('table person') as string,
      });
      await expect(database.query('select 1; select 2')).rejects.toMatchObject({ code: '42601' });
    });
  });
}
