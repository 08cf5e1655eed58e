import { describe, expect, it } from '@jest/globals';
import { parseRequestPath } from '../src/request-path.ts';

const none = { namespace: '', name: '', subresource: '' };

/** The paths of apiserver/pkg/endpoints/request/requestinfo_test.go that this server has. */
const cases: readonly (readonly [string, object])[] = [
  ['/api/v1/namespaces', { groupVersion: 'v1', plural: 'namespaces', ...none }],
  ['/api/v1/namespaces/other', { groupVersion: 'v1', plural: 'namespaces', ...none, name: 'other' }],
  ['/api/v1/namespaces/other/pods', { groupVersion: 'v1', plural: 'pods', ...none, namespace: 'other' }],
  [
    '/api/v1/namespaces/other/pods/foo',
    { groupVersion: 'v1', plural: 'pods', namespace: 'other', name: 'foo', subresource: '' },
  ],
  ['/api/v1/pods', { groupVersion: 'v1', plural: 'pods', ...none }],
  [
    '/api/v1/namespaces/other/pods/foo/status',
    { groupVersion: 'v1', plural: 'pods', namespace: 'other', name: 'foo', subresource: 'status' },
  ],
  [
    '/api/v1/namespaces/other/status',
    { groupVersion: 'v1', plural: 'namespaces', ...none, name: 'other', subresource: 'status' },
  ],
  [
    '/api/v1/namespaces/other/finalize',
    { groupVersion: 'v1', plural: 'namespaces', ...none, name: 'other', subresource: 'finalize' },
  ],
  [
    '/apis/apps/v1/namespaces/other/deployments/web/scale',
    { groupVersion: 'apps/v1', plural: 'deployments', namespace: 'other', name: 'web', subresource: 'scale' },
  ],
  [
    '/apis/networking.k8s.io/v1/ingressclasses/nginx',
    { groupVersion: 'networking.k8s.io/v1', plural: 'ingressclasses', ...none, name: 'nginx' },
  ],
];

describe('the path of a request', () => {
  it.each(cases)('%s', (path, expected) => {
    expect(parseRequestPath(path)).toEqual({ kind: 'resource', rest: '', ...expected });
  });

  it.each(['/api', '/apis', '/api/v1', '/apis/apps', '/apis/apps/v1', '/version', '/openapi/v3', '/'])(
    '%s is of no resource',
    (path) => {
      expect(parseRequestPath(path)).toMatchObject({ kind: 'other' });
    },
  );
});
