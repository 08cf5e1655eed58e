import type { KindDefinition } from '../kind-definition.ts';
import { nodeSchema } from './schema.ts';
import { validateNode, validateNodeStatusUpdate, validateNodeUpdate } from './node-validation.ts';

/** core/v1 Node: pkg/registry/core/node. */
export const nodeDefinition: KindDefinition<'Node'> = {
  kind: 'Node',
  schema: nodeSchema,
  defaults: (node) => {
    const { allocatable, capacity } = node.status;
    if (allocatable !== undefined || capacity === undefined) return node;
    return { ...node, status: { ...node.status, allocatable: capacity } };
  },
  strategy: {
    allowCreateOnUpdate: false,
    allowUnconditionalUpdate: true,
    prepareForCreate: (node) => node,
    prepareForUpdate: (node, old) => ({ ...node, status: old.status }),
    validateCreate: validateNode,
    validateUpdate: validateNodeUpdate,
  },
  status: {
    prepareForUpdate: (node, old) => ({ ...node, spec: old.spec }),
    validateUpdate: validateNodeStatusUpdate,
  },
  selectableFields: {
    'spec.unschedulable': ({ spec }) => String(spec.unschedulable ?? false),
  },
};
