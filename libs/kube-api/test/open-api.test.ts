import { describe, expect, it } from '@jest/globals';
import { apiVersionOf, kinds, resources, type JsonObject } from '@kubedrill/kube-model';
import { openApiAnswer } from '../src/open-api.ts';

function document(path: string): JsonObject {
  const answer = openApiAnswer(path);
  if (!answer) throw new Error(`${path} has no answer`);
  return (answer.kind === 'proxied' ? JSON.parse(answer.text) : answer.body) as JsonObject;
}

describe('OpenAPI v3', () => {
  it('lists a document for each group version, by an address that changes with its content', () => {
    expect(document('/openapi/v3')).toMatchObject({
      paths: {
        'api/v1': {
          serverRelativeURL: expect.stringMatching(/^\/openapi\/v3\/api\/v1\?hash=[0-9A-F]{64}$/) as unknown,
        },
        'apis/apps/v1': expect.anything() as unknown,
      },
    });
  });

  it('describes fields as Kubernetes does, with the values of enumerations', () => {
    expect(document('/openapi/v3/api/v1')).toMatchObject({
      components: {
        schemas: {
          'io.k8s.api.core.v1.ServiceSpec': {
            properties: {
              type: {
                type: 'string',
                description: expect.stringMatching(
                  /^type determines how the Service is exposed\.[^]*Possible enum values/,
                ) as unknown,
                enum: ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'],
              },
            },
          },
        },
      },
    });
  });

  it.each(kinds.map((kind) => resources[kind]))('has $kind, where clients look for it', (resource) => {
    const { group, version, kind, plural, namespaced } = resource;
    const root = group === '' ? `api/${version}` : `apis/${apiVersionOf(resource)}`;
    const { paths, components } = document(`/openapi/v3/${root}`) as Record<string, JsonObject>;
    const identity = { 'x-kubernetes-group-version-kind': { group, version, kind } };
    const collection = `/${root}/${namespaced ? 'namespaces/{namespace}/' : ''}${plural}`;
    expect(paths).toMatchObject({
      [`/${root}/${plural}`]: { get: identity },
      [collection]: { get: identity },
      [`${collection}/{name}`]: { patch: { ...identity, parameters: expect.anything() as unknown } },
    });
    const described = Object.values(components?.['schemas'] ?? {}).filter((schema) =>
      JSON.stringify(schema).includes(JSON.stringify([{ group, kind, version }])),
    );
    expect(described).toHaveLength(1);
  });

  it('refers to nothing that it does not hold', () => {
    const text = JSON.stringify(document('/openapi/v3/apis/apps/v1'));
    const { schemas } = (JSON.parse(text) as { components: { schemas: Record<string, unknown> } }).components;
    const referred = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name = '']) => name);
    expect(referred.filter((name) => !(name in schemas))).toEqual([]);
  });

  it('has nothing to say of other paths', () => {
    expect(openApiAnswer('/openapi/v3/apis/apps/v2')).toBeUndefined();
    expect(openApiAnswer('/openapi/v2')).toBeUndefined();
  });
});
