import { describe, expect, it } from '@jest/globals';
import { later, noon } from '../../submissions/test/contract/samples.ts';
import { PrismaAccountStore } from '../src/index.ts';
import { openDatabase } from './temporary-database.ts';

const ada = { id: 'ada', email: 'Ada@Example.org', name: 'Ada', passwordHash: 'hash', createdAt: noon };
const account = { id: 'ada', email: 'ada@example.org', name: 'Ada', role: 'learner', createdAt: noon };

const openAccounts = async () => {
  const accounts = new PrismaAccountStore(await openDatabase());
  await accounts.create(ada);
  return accounts;
};

describe('accounts', () => {
  it('are found by id and by address in any letter case', async () => {
    const accounts = await openAccounts();
    expect(await accounts.find('ada')).toEqual(account);
    expect(await accounts.findByEmail('ADA@example.ORG')).toEqual({ ...account, passwordHash: 'hash' });
    expect(await accounts.find('nobody')).toBeUndefined();
    expect(await accounts.findByEmail('nobody@example.org')).toBeUndefined();
  });

  it.each([
    ['emailTaken', { email: 'ada@EXAMPLE.org', name: 'Other' }],
    ['nameTaken', { email: 'other@example.org', name: 'aDA' }],
    ['emailTaken', { email: 'ada@example.org', name: 'ada' }],
    ['created', { email: 'other@example.org', name: 'Other' }],
  ])('say %s for %j', async (outcome, fields) => {
    const accounts = await openAccounts();
    expect(await accounts.create({ ...ada, id: 'other', ...fields })).toBe(outcome);
  });

  it('are made once of 20 parallel registrations', async () => {
    const accounts = new PrismaAccountStore(await openDatabase());
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => accounts.create({ ...ada, id: `ada-${index}` })),
    );
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
  });
});

const secret = { digest: 'd1', userId: 'ada', createdAt: noon, expiresAt: later(1_000) };

describe('sessions', () => {
  it('stand for their account until they end', async () => {
    const accounts = await openAccounts();
    await accounts.openSession(secret);
    expect(await accounts.ofSession('d1', later(999))).toEqual(account);
    expect(await accounts.ofSession('d1', later(1_000))).toBeUndefined();
    expect(await accounts.ofSession('other', noon)).toBeUndefined();
    await accounts.closeSession('d1');
    expect(await accounts.ofSession('d1', noon)).toBeUndefined();
  });

  it('are removed when they have expired', async () => {
    const accounts = await openAccounts();
    await accounts.openSession(secret);
    await accounts.openSession({ ...secret, digest: 'd2', expiresAt: later(2_000) });
    await accounts.createToken({ ...secret, id: 't', name: 'laptop' });
    expect(await accounts.removeExpired(later(1_000))).toBe(2);
    expect(await accounts.ofSession('d2', later(1_000))).toEqual(account);
  });
});

describe('personal access tokens', () => {
  it('are listed, used and removed', async () => {
    const accounts = await openAccounts();
    await accounts.createToken({ ...secret, id: 't1', name: 'laptop' });
    await accounts.createToken({ ...secret, id: 't2', name: 'phone', digest: 'd2', createdAt: later(1) });
    expect(await accounts.ofToken('d1', later(10))).toEqual(account);
    expect(await accounts.ofToken('d1', later(20))).toEqual(account);
    expect(await accounts.ofToken('d1', later(1_000))).toBeUndefined();
    expect(await accounts.tokensOf('ada')).toEqual([
      { id: 't2', name: 'phone', createdAt: later(1), expiresAt: later(1_000) },
      { id: 't1', name: 'laptop', createdAt: noon, expiresAt: later(1_000), lastUsedAt: later(10) },
    ]);
    expect(await accounts.removeToken('ben', 't1')).toBe(false);
    expect(await accounts.removeToken('ada', 't1')).toBe(true);
    expect(await accounts.ofToken('d1', noon)).toBeUndefined();
  });
});
