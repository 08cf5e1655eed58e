import { failure } from '@kubedrill/cluster-sim';
import type { Json, JsonObject } from '@kubedrill/kube-model';
import { wantsTable } from './object-table.ts';
import { documentAnswer, statusAnswer, type WireAnswer, type WireRequest } from './wire.ts';

/** registry/core/componentstatus: nothing of it is stored, the API server asks the components when somebody reads. */
const components = ['controller-manager', 'etcd-0', 'scheduler'];
const warnings = ['v1 ComponentStatus is deprecated in v1.19+'];
const columns = ['Name', 'Status', 'Message', 'Error'];

export function componentStatuses({ accept }: Pick<WireRequest, 'accept'>, name: string): WireAnswer {
  const asked = name === '' ? components : components.filter((component) => component === name);
  if (asked.length === 0) return statusAnswer(failure(500, '', `Component not found: ${name}`), warnings);
  if (wantsTable(accept)) return documentAnswer(200, table(asked), warnings);
  if (name !== '')
    return documentAnswer(200, { kind: 'ComponentStatus', apiVersion: 'v1', ...healthy(name) }, warnings);
  const items = asked.map(healthy);
  return documentAnswer(200, { kind: 'ComponentStatusList', apiVersion: 'v1', metadata: {}, items }, warnings);
}

function healthy(name: string): JsonObject {
  return { metadata: { name }, conditions: [{ type: 'Healthy', status: 'True', message: 'ok' }] };
}

function table(asked: readonly string[]): JsonObject {
  const columnDefinitions = columns.map((name): Json => ({
    name,
    type: 'string',
    format: name === 'Name' ? 'name' : '',
    description: '',
    priority: 0,
  }));
  const rows = asked.map((name): Json => {
    const object = { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: { name } };
    return { cells: [name, 'Healthy', 'ok', ''], object };
  });
  return { kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata: {}, columnDefinitions, rows };
}
