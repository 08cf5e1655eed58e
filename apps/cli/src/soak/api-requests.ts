import type { ApiRequest, Schema, Subresource } from '@kubedrill/cluster-sim';
import { isJsonObject, kinds, resources, type Json, type JsonObject, type Kind } from '@kubedrill/kube-model';
import type { Draw } from './draw.ts';
import { mutated } from './mutation.ts';
import { namespaces, soundObject } from './sound/sound-object.ts';
import type { Step } from './step.ts';
import { awkwardTexts, awkwardValues, labelValues, names } from './words.ts';

const subresources: readonly Subresource[] = ['status', 'scale', 'binding', 'eviction'];

export interface SchemaSource {
  of(kind: Kind): { readonly schema: Schema };
}

/** An object of a kind, and the same with something wrong; without, in so many of a hundred cases. */
export interface Manifest {
  readonly kind: Kind;
  readonly sound: JsonObject;
  readonly body: Json;
}

export function manifest(draw: Draw, schemas: SchemaSource, soundShare: number): Manifest {
  const kind = draw.pick(kinds);
  const sound = soundObject(draw, kind);
  const { schema } = schemas.of(kind);
  if (draw.percent(soundShare) || schema.type !== 'object') return { kind, sound, body: sound };
  return { kind, sound, body: mutated(draw, sound, schema, draw.between(1, 3)) };
}

/** The body on some of the ways into the API server, mostly over the sound object, and perhaps something else with what is there. */
export function requestsFor(draw: Draw, { kind, sound, body }: Manifest): readonly Step[] {
  const target = targetOf(draw, kind, body);
  const fieldValidation = draw.pick(['Strict', 'Warn', 'Ignore'] as const);
  const { name: _, ...place } = target;
  const subresource = draw.maybe(25, () => ({ subresource: draw.pick(subresources) }));
  const requests: readonly ApiRequest[] = [
    { verb: 'create', ...place, body, fieldValidation, dryRun: true },
    { verb: 'create', ...place, body, fieldValidation },
    { verb: 'update', ...target, body, fieldValidation, ...subresource },
    { verb: 'patch', ...target, patchType: 'strategic', body, fieldValidation, ...subresource },
    { verb: 'patch', ...target, patchType: 'merge', body, fieldValidation, ...subresource },
    { verb: 'patch', ...target, patchType: 'apply', body, fieldManager: draw.pick(names), force: draw.percent(50) },
    { verb: 'patch', ...target, patchType: 'apply', body, fieldManager: 'two', ...subresource },
    { verb: 'patch', ...target, patchType: 'json', body: jsonPatch(draw, body), ...subresource },
    otherRequest(draw, target),
  ];
  const chosen = requests.filter((_request, index) => draw.percent(index === 1 ? 30 : 20));
  const first: readonly ApiRequest[] = draw.percent(60) ? [{ verb: 'create', ...place, body: sound }] : [];
  return [...first, ...chosen].map((request): Step => ({ do: 'request', request }));
}

type Target = Pick<Extract<ApiRequest, { verb: 'get' }>, 'resource' | 'namespace' | 'name'>;

/** Mostly where the document says that it belongs. */
function targetOf(draw: Draw, kind: Kind, body: Json): Target {
  const metadata = isJsonObject(body) && isJsonObject(body['metadata']) ? body['metadata'] : {};
  const { name, namespace } = metadata;
  const resource = resources[draw.percent(97) ? kind : draw.pick(kinds)];
  return {
    resource,
    namespace: resource.namespaced ? (typeof namespace === 'string' ? namespace : 'default') : '',
    name: typeof name === 'string' && draw.percent(95) ? name : draw.pick([...names, ...awkwardTexts]),
  };
}

function jsonPatch(draw: Draw, body: Json): Json {
  if (draw.percent(10)) return body;
  const pointer = (): Json =>
    draw.pick<Json>([
      '',
      '/',
      '/spec',
      '/spec/replicas',
      '/spec/ports/0',
      '/spec/ports/-',
      '/metadata/labels/a~1b',
      '/a/01',
      '/spec/template/spec/containers/0/name',
      '/metadata/name',
      '/~2',
      5,
      ...awkwardTexts,
    ]);
  const value = isJsonObject(body) && draw.percent(50) ? (body['spec'] ?? body) : draw.pick(awkwardValues);
  return draw.list(0, 3, () => ({
    op: draw.pick<Json>(['add', 'remove', 'replace', 'move', 'copy', 'test', 'x', null]),
    path: pointer(),
    ...draw.maybe(80, () => ({ value })),
    ...draw.maybe(40, () => ({ from: pointer() })),
  }));
}

function otherRequest(draw: Draw, target: Target): ApiRequest {
  const { name: _, ...place } = target;
  const selectors = {
    ...draw.maybe(70, () => ({ labelSelector: draw.pick(labelSelectors) })),
    ...draw.maybe(40, () => ({ fieldSelector: draw.pick(fieldSelectors) })),
  };
  const deletion = {
    ...draw.maybe(50, () => ({ gracePeriodSeconds: draw.pick([0, 1, 30, -1, 1e12]) })),
    ...draw.maybe(50, () => ({ propagation: draw.pick(['Background', 'Foreground', 'Orphan'] as const) })),
    ...draw.maybe(10, () => ({ preconditions: { uid: 'x', resourceVersion: '1' } })),
  };
  return draw.pick<ApiRequest>([
    { verb: 'get', ...target, ...draw.maybe(50, () => ({ subresource: draw.pick(subresources) })) },
    { verb: 'list', ...place, ...selectors },
    { verb: 'list', ...place, ...selectors, namespace: '' },
    { verb: 'delete', ...target, ...deletion },
    { verb: 'deletecollection', ...place, ...selectors, ...deletion },
    {
      verb: 'create',
      ...target,
      namespace: draw.pick(namespaces),
      subresource: draw.pick(subresources),
      body: draw.pick<Json>([
        { target: { kind: 'Node', name: 'node-1' } },
        { metadata: { name: target.name }, deleteOptions: { gracePeriodSeconds: 0 } },
        ...awkwardValues,
      ]),
    },
  ]);
}

const labelSelectors = [
  ...labelValues.map((value) => `app=${value}`),
  ...[
    'app in (a,b),tier',
    '!tier',
    'app notin (a)',
    'app!=a',
    'a=b=c',
    'in in (in)',
    'a in (',
    '(',
    ',',
    'app in ()',
    '__proto__=x',
    'x/y/z=1',
    '🦆=1',
    'app==a,app==b',
  ],
] as const;

const fieldSelectors = [
  ...[
    'metadata.name=a',
    'metadata.name!=a',
    'spec.nodeName=node-1',
    'status.phase=Running',
    'metadata.namespace=default',
    'spec.type=ClusterIP',
  ],
  ...[
    'a=b',
    'metadata.name',
    '=',
    'metadata.name=\\',
    'metadata.name=a\\,b',
    '__proto__=x',
    'type=Opaque,metadata.name=a',
    'involvedObject.name=a',
  ],
] as const;
