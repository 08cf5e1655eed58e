import type { JsonObject, Kind, ObjectOfKind, ServiceAccount } from '@kubedrill/kube-model';
import { apiVersionOf, resources } from '@kubedrill/kube-model';
import type { KindDefinition, StrategyContext } from '../../../src/api/kinds/kind-definition.ts';
import { decode } from '../../../src/api/schema/decode.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { ObjectStore } from '../../../src/store/object-store.ts';

/** A manifest as the API server has it before admission: decoded and with defaults, in the namespace "default" where it has one. */
export function decoded<K extends Kind>(definition: KindDefinition<K>, manifest: JsonObject): ObjectOfKind[K] {
  const result = decode(definition.schema, manifest);
  if (!result.ok) throw new Error(result.message);
  const { kind } = definition;
  const namespace = resources[kind].namespaced ? { namespace: 'default' } : {};
  const metadata = { ...namespace, ...(result.value.metadata as JsonObject) };
  return definition.defaults({
    ...result.value,
    kind,
    apiVersion: apiVersionOf(resources[kind]),
    metadata,
  } as unknown as ObjectOfKind[K]);
}

/** A cluster with the ServiceAccount that every namespace has. */
export function context(): StrategyContext {
  const store = new ObjectStore();
  const account = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default', namespace: 'default', uid: 'u' },
  };
  store.put(account as unknown as ServiceAccount);
  return { view: store, random: createRandom(1), now: 0, dryRun: false };
}

/** "field: what is wrong", as causes of a refusal have it. */
export function errorsOf<K extends Kind>(definition: KindDefinition<K>, manifest: JsonObject): readonly string[] {
  const object = definition.strategy.prepareForCreate(decoded(definition, manifest), context());
  return definition.strategy.validateCreate(object, context()).map(({ field, body }) => `${field}: ${body}`);
}
