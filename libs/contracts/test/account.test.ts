import { describe, expect, it } from '@jest/globals';
import { loginRequest, registerRequest } from '@kubedrill/contracts';

const valid = { email: 'ada@example.org', name: 'ada', password: 'correct horse battery' };

describe('registration', () => {
  it('compares addresses without regard to letter case', () => {
    expect(registerRequest.parse({ ...valid, email: 'Ada@Example.ORG' }).email).toBe('ada@example.org');
    expect(loginRequest.parse({ email: 'ADA@example.org', password: 'x' }).email).toBe('ada@example.org');
  });

  it.each<[string, object]>([
    ['a short password', { password: 'short' }],
    ['a password without an end', { password: 'x'.repeat(201) }],
    ['a name with spaces', { name: 'ada l' }],
    ['a name with a right-to-left mark', { name: 'ada\u202e' }],
    ['a name of one letter', { name: 'a' }],
    ['no address', { email: 'ada' }],
    ['a role', { role: 'admin' }],
  ])('refuses %s', (_, change) => expect(registerRequest.safeParse({ ...valid, ...change }).success).toBe(false));
});
