import { describe, expect, it } from '@jest/globals';
import { canonicalName, parseImageReference } from '../../src/images/image-reference.ts';

const digest = `sha256:${'a1'.repeat(32)}`;

// Cases of the shape of pkg/util/parsers/parsers_test.go and of github.com/distribution/reference.
describe('names that parse', () => {
  it.each([
    ['root', 'docker.io/library/root:latest', 'root'],
    ['root:tag', 'docker.io/library/root:tag', 'root'],
    [`root@${digest}`, `docker.io/library/root@${digest}`, 'root'],
    [`root:tag@${digest}`, `docker.io/library/root:tag@${digest}`, 'root'],
    ['user/repo', 'docker.io/user/repo:latest', 'user/repo'],
    ['docker.io/nginx:1.25', 'docker.io/library/nginx:1.25', 'nginx'],
    ['index.docker.io/library/nginx', 'docker.io/library/nginx:latest', 'nginx'],
    ['localhost/app', 'localhost/app:latest', 'localhost/app'],
    ['url:5000/repo', 'url:5000/repo:latest', 'url:5000/repo'],
    [
      'registry.k8s.io/e2e-test-images/agnhost:2.53',
      'registry.k8s.io/e2e-test-images/agnhost:2.53',
      'registry.k8s.io/e2e-test-images/agnhost',
    ],
    ['Registry.example/app', 'Registry.example/app:latest', 'Registry.example/app'],
    ['a/b__c-d.e', 'docker.io/a/b__c-d.e:latest', 'a/b__c-d.e'],
  ])('%s', (text, name, repository) => {
    const parsed = parseImageReference(text);
    expect(parsed.ok && [canonicalName(parsed.reference), parsed.reference.repository]).toEqual([name, repository]);
  });
});

describe('names that do not', () => {
  it.each([
    ['', 'invalid reference format'],
    [' nginx', 'invalid reference format'],
    ['nginx:', 'invalid reference format'],
    ['nginx:a:b', 'invalid reference format'],
    ['nginx: latest', 'invalid reference format'],
    ['-nginx', 'invalid reference format'],
    ['nginx@latest', 'invalid reference format'],
    ['a//b', 'invalid reference format'],
    [`nginx:${'t'.repeat(129)}`, 'invalid reference format'],
    ['Nginx', 'invalid reference format: repository name (library/Nginx) must be lowercase'],
    ['docker.io/MyApp:1', 'invalid reference format: repository name (library/MyApp) must be lowercase'],
    ['a'.repeat(256), 'repository name must not be more than 255 characters'],
    ['nginx@sha256:abc', 'invalid reference format'],
    [`nginx@md5:${'a'.repeat(32)}`, 'unsupported digest algorithm'],
    [`nginx@sha256:${'a'.repeat(40)}`, 'invalid checksum digest length'],
    ['a'.repeat(64), `invalid repository name (${'a'.repeat(64)}), cannot specify 64-byte hexadecimal strings`],
    ['__proto__', 'invalid reference format'],
  ])('%s', (text, reason) => {
    expect(parseImageReference(text)).toEqual({ ok: false, reason });
  });
});
