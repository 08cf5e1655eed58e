import { patchLocally } from '@kubedrill/cluster-sim';
import type { JsonObject, ResourceInfo } from '@kubedrill/kube-model';
import { isJsonObject, readRawDocuments } from '@kubedrill/kube-model';
import type { Invocation } from './invocation.ts';
import { CommandError } from './invocation.ts';

/** kubectl/pkg/cmd/util/override_options.go. */
export function overridden({ cluster, flags }: Invocation, resource: ResourceInfo, object: JsonObject): JsonObject {
  const overrides = flags.text('overrides');
  if (overrides === '') return object;
  const type = flags.text('override-type') === '' ? 'merge' : flags.text('override-type');
  if (type !== 'json' && type !== 'merge' && type !== 'strategic')
    throw new CommandError(`error: invalid override type: ${type}`);
  const { values } = readRawDocuments(overrides);
  const patched = patchLocally(cluster.api, resource, type, object, values[0] ?? null);
  if (!patched.ok) throw new CommandError(`error: ${patched.message}`);
  return isJsonObject(patched.object.metadata) ? patched.object : object;
}
