import { describe, expect, it } from '@jest/globals';
import {
  LearnerSandboxes,
  MemoryCatalogue,
  MemorySandboxStore,
  type HostedSandbox,
  type SandboxHosts,
  type SandboxRequest,
} from '@kubedrill/submissions';
import { course, digest, nextId, noon } from './contract/samples.ts';

/** Hosts that only note what they are asked for. */
function notedHosts(): { hosts: SandboxHosts; asked: string[]; opened: HostedSandbox[] } {
  const asked: string[] = [];
  const opened: HostedSandbox[] = [];
  const hosts: SandboxHosts = {
    open: (sandbox) => {
      opened.push(sandbox);
      return Promise.resolve({ position: 4, now: 0 });
    },
    connect: () => Promise.reject(new Error('nobody connects here')),
    journal: () => Promise.resolve([]),
    goBack: (_id, position) => Promise.resolve(void asked.push(`back to ${position}`)),
    erase: () => Promise.resolve(void asked.push('erase')),
  };
  return { hosts, asked, opened };
}

async function open(part: Partial<SandboxRequest> = {}) {
  let instant = noon.getTime() + 700;
  const catalogue = new MemoryCatalogue();
  await catalogue.publish(course);
  const noted = notedHosts();
  const trouble: string[] = [];
  const sandboxes = new LearnerSandboxes({
    ...{ store: new MemorySandboxStore(), hosts: noted.hosts, catalogue, instances: catalogue },
    ...{ now: () => new Date(instant), newId: nextId, newSeed: () => 5, tokenDigest: () => digest('d') },
    reportTrouble: (what) => void trouble.push(what),
    bounds: { perLearner: 2, idleTime: 3_600_000, snapshots: 1 },
  });
  const create = () => sandboxes.create({ userId: 'ada', nodes: 3, proxyMode: 'iptables', speed: 1, ...part });
  const created = async () => {
    const outcome = await create();
    if (outcome.kind !== 'created') throw new Error(outcome.kind);
    return outcome.sandbox;
  };
  const pass = (milliseconds: number): void => void (instant += milliseconds);
  return { ...noted, sandboxes, create, created, pass, trouble };
}

describe('sandboxes of learners', () => {
  it('begin at whole seconds and end when nobody has used them for long', async () => {
    const { sandboxes, created, pass, opened, asked } = await open();
    const sandbox = await created();
    expect(sandbox.startedAt).toEqual(noon);
    expect(opened[0]).toEqual({
      ...{ id: sandbox.id, startedAt: noon.getTime(), speed: 1 },
      origin: { kind: 'bare', seed: 5, nodes: 3, proxyMode: 'iptables' },
    });
    pass(3_500_000);
    await sandboxes.use(sandbox);
    pass(3_500_000);
    expect(await sandboxes.find(sandbox.id)).toBeDefined();
    pass(100_001);
    expect(await sandboxes.find(sandbox.id)).toBeUndefined();
    expect(await sandboxes.ofUser('ada')).toEqual([]);
    await sandboxes.removeExpired();
    expect(asked).toEqual(['erase']);
  });

  it('carry the exercise that they begin with', async () => {
    const { created, opened } = await open({ exercise: { id: 'two-tier', variant: 'basic' } });
    await created();
    expect(opened[0]?.origin).toMatchObject({
      kind: 'exercise',
      exerciseDigest: digest('a'),
      variant: 'basic',
      seed: 5,
    });
  });

  it.each([
    [{ id: 'nothing', variant: 'basic' }, 'unknownExercise'],
    [{ id: 'two-tier', variant: 'x' }, 'unknownVariant'],
  ] as const)('are not made of %j', async (exercise, kind) => {
    const { create } = await open({ exercise });
    expect(await create()).toEqual({ kind });
  });

  it('are few', async () => {
    const { create } = await open();
    await create();
    await create();
    expect(await create()).toEqual({ kind: 'tooMany', most: 2 });
  });

  it('go back to snapshots and to their beginning', async () => {
    const { sandboxes, created, asked, pass } = await open();
    const { id } = await created();
    const current = async () => (await sandboxes.find(id)) ?? (await created());
    expect(await sandboxes.takeSnapshot(await current(), 'one')).toMatchObject({
      kind: 'taken',
      snapshot: { position: 4 },
    });
    expect(await sandboxes.takeSnapshot(await current(), 'two')).toEqual({ kind: 'tooMany' });
    expect(await sandboxes.restore(await current(), 'two')).toBe(false);
    expect(await sandboxes.restore(await current(), 'one')).toBe(true);
    pass(60_000);
    await sandboxes.reset(await current());
    expect(asked).toEqual(['back to 4', 'back to 0']);
    expect(await current()).toMatchObject({ startedAt: new Date(noon.getTime() + 60_000), snapshots: [] });
  });
});
