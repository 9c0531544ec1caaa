import { expect, test } from 'vitest';
import { roleNames, type Viewer } from '../../../common/viewer.ts';
import { someViewer } from '../../support/viewers.ts';
import { createMutation, joint, startCommand, updateMutation, type RunningCommand } from './command.ts';
import { describeOnBoth } from './engines.ts';

const city = someViewer;
const of = (court: string, subject = `centre of ${court}`): Viewer => ({ ...someViewer, subject, court });
const ofCourts = (...courts: readonly string[]) => ({ name: '分片', criteria: { courts } });
const forbidden = { code: 'FORBIDDEN', argument: 'input' };
const everything =
  '{ taskForces(first: 100) { totalCount edges { node { id name updatedAt criteria { courts creditorName } } } } }';

const refused = async ({ refusal }: RunningCommand, ...asked: Parameters<RunningCommand['refusal']>) => {
  const { message, extensions } = await refusal(...asked);
  expect(extensions).toEqual(forbidden);
  return message;
};

describeOnBoth('task forces are created and changed', (open) => {
  test('by no other role than the command centre, whatever court and task forces it has, nor by nobody', async () => {
    const running = await startCommand(await open());
    const { id } = await running.create(ofCourts('苏0312'));
    const before = await running.data(everything);
    const others = roleNames.filter((role) => role !== 'command-centre');
    expect(others).toHaveLength(10);
    for (const court of ['苏03', '苏0312']) {
      for (const viewer of [...others.map((role): Viewer => ({ ...of(court), role, taskForces: [id] })), null]) {
        const said = await refused(running, createMutation, { input: joint, key: 'other' }, viewer);
        expect(said).toContain('执行指挥中心');
        await refused(running, updateMutation, { id, input: { criteria: joint.criteria }, key: 'other' }, viewer);
        await refused(running, updateMutation, { id, input: { name: '我的' }, key: 'other' }, viewer);
      }
    }
    expect(await running.data(everything)).toEqual(before);
  });

  test('by no command centre of a court that the registry does not have', async () => {
    const running = await startCommand(await open());
    const { id } = await running.create(ofCourts('苏0312'));
    for (const viewer of [of('苏01'), of('京01'), of('苏0399')]) {
      await refused(running, createMutation, { input: joint, key: 'k' }, viewer);
      await refused(running, updateMutation, { id, input: { name: '我的' }, key: 'k' }, viewer);
    }
  });

  test('by the command centre of a basic court where it is one of their courts, and no further', async () => {
    const running = await startCommand(await open());
    const own = of('苏0312');
    const { id } = await running.create(ofCourts('苏0312', '苏0303'), 'create', own);
    expect((await running.update(id, { name: '改名' }, 'rename', own)).name).toBe('改名');
    for (const [index, courts] of [['苏0303'], null, ['苏0312', '苏0303', '苏0311']].entries()) {
      const criteria = courts === null ? joint.criteria : { courts };
      await refused(running, updateMutation, { id, input: { criteria }, key: `wide-${index}` }, own);
    }
    await refused(running, createMutation, { input: joint, key: 'all' }, own);
    await refused(running, createMutation, { input: ofCourts('苏0303'), key: 'theirs' }, own);
    await refused(running, updateMutation, { id, input: { name: '我的' }, key: 'mine' }, of('苏0311'));
    const ofAll = await running.create(joint, 'of-all');
    await refused(running, updateMutation, { id: ofAll.id, input: ofCourts('苏0312'), key: 'narrow' }, own);
    expect((await running.update(id, ofCourts('苏0312'), 'less', own)).courts).toEqual([{ code: '苏0312' }]);
    expect((await running.update(id, joint, 'wide', city)).courts).toHaveLength(9);
  });

  test('under a key that is the key of whoever used it, and of nobody else', async () => {
    const running = await startCommand(await open());
    const made = await running.create(ofCourts('苏0312'), 'same', of('苏0312', 'first'));
    const { extensions } = await running.refusal(
      createMutation,
      { input: ofCourts('苏0312'), key: 'same' },
      of('苏0312', 'second'),
    );
    expect(extensions).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    expect(await running.create(ofCourts('苏0312'), 'same', of('苏0312', 'first'))).toEqual(made);
  });
});
