import { describe, expect, it } from '@jest/globals';
import { findImage, indexed } from '../../src/images/catalogue.ts';
import { knownImages } from '../../src/images/known-images.ts';

describe('finding an image', () => {
  it.each([
    ['nginx', 'model'],
    ['nginx:1.25', 'model'],
    ['nginx:1.27.3-alpine', 'model'],
    ['docker.io/library/nginx:stable', 'model'],
    [`nginx:nosuchtag@sha256:${'a1'.repeat(32)}`, 'model'],
    ['nginx:1.999', 'notFound'],
    ['nginx:bad', 'notFound'],
    ['busybox:1.36', 'model'],
    ['redis:7-alpine', 'model'],
    ['hashicorp/http-echo:0.2.3', 'model'],
    ['postgres:16', 'model'],
    ['postgres:99', 'notFound'],
    ['ghcr.io/acme/api:2', 'unknown'],
    ['constructor', 'unknown'],
    ['UPPER', 'invalidName'],
    ['a b', 'invalidName'],
  ])('%s: %s', (reference, kind) => {
    expect(findImage(reference).kind).toBe(kind);
  });

  it("gives the kubelet's and containerd's words", () => {
    expect(findImage('nginx:1.999')).toEqual({
      kind: 'notFound',
      message:
        'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:1.999": failed to resolve reference "docker.io/library/nginx:1.999": docker.io/library/nginx:1.999: not found',
    });
    expect(findImage('a b')).toEqual({
      kind: 'invalidName',
      message: 'Failed to apply default image tag "a b": couldn\'t parse image name "a b": invalid reference format',
    });
  });

  it('has other tools behind alpine tags', () => {
    const tools = (reference: string): boolean => {
      const found = findImage(reference);
      return found.kind === 'model' && found.model.programs.has('wget');
    };
    expect([tools('nginx'), tools('nginx:alpine')]).toEqual([false, true]);
  });

  it('refuses two models of one repository', () => {
    const [first] = knownImages;
    expect(() => indexed(first ? [first, first] : [])).toThrow('two image models claim the repository "nginx"');
  });
});
