import { describe, expect, it } from '@jest/globals';
import type { Kind } from '@kubedrill/kube-model';
import { TestServer } from '../api-server-fixture.ts';

/** apimachinery/pkg/fields/selector.go and the conversions of field labels in pkg/apis/core/v1/conversion.go. */
describe('field selectors', () => {
  it.each<[Kind, string, string]>([
    ['Service', 'metadata.uid=a', 'field label not supported: metadata.uid'],
    ['Namespace', 'name=a', 'field label not supported: name'],
    ['Namespace', 'metadata.namespace=a', 'field label not supported: metadata.namespace'],
    ['Node', 'metadata.namespace=a', 'field label not supported: metadata.namespace'],
    ['ConfigMap', 'data.a=b', '"data.a" is not a known field selector: only "metadata.name", "metadata.namespace"'],
    ['Service', 'nothing=a,spec.type', "invalid selector: 'nothing=a,spec.type'; can't understand 'spec.type'"],
    ['Service', 'spec.type=a=b', 'invalid field selector: unescaped character in value: 61'],
    ['Service', 'spec.type=a\\b', 'invalid field selector: invalid escape sequence: \\b'],
    ['Service', 'spec.type=a\\', 'invalid field selector: invalid escape sequence: \\'],
  ])('of %s: %s is refused', (kind, fieldSelector, message) => {
    expect(new TestServer().list(kind, { fieldSelector })).toMatchObject({ code: 400, reason: 'BadRequest', message });
  });

  it.each<[Kind, string, readonly string[]]>([
    ['Service', 'spec.type==ClusterIP,metadata.name=kubernetes', ['kubernetes']],
    ['Service', ',spec.type!=ClusterIP,', []],
    ['Service', 'metadata.name=a\\,b', []],
    ['Namespace', 'status.phase=Active,metadata.name!=default', ['kube-node-lease', 'kube-public', 'kube-system']],
    ['Endpoints', 'metadata.namespace=default', ['kubernetes']],
  ])('of %s: %s', (kind, fieldSelector, names) => {
    const { items } = new TestServer().list(kind, { fieldSelector });
    expect(items?.map(({ metadata }) => metadata.name)).toEqual(names);
  });
});
