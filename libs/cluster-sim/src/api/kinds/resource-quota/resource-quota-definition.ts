import type { KindDefinition } from '../kind-definition.ts';
import { metadataOfSubresource } from '../status-metadata.ts';
import {
  validateResourceQuota,
  validateResourceQuotaStatus,
  validateResourceQuotaUpdate,
} from './resource-quota-validation.ts';
import { resourceQuota } from './schema.ts';

/** core/v1 ResourceQuota: pkg/registry/core/resourcequota. */
export const resourceQuotaDefinition: KindDefinition<'ResourceQuota'> = {
  kind: 'ResourceQuota',
  schema: resourceQuota,
  defaults: (quota) => quota,
  strategy: {
    allowCreateOnUpdate: false,
    allowUnconditionalUpdate: true,
    prepareForCreate: (quota) => ({ ...quota, status: {} }),
    prepareForUpdate: (quota, old) => ({ ...quota, status: old.status }),
    validateCreate: validateResourceQuota,
    validateUpdate: validateResourceQuotaUpdate,
  },
  status: {
    prepareForUpdate: ({ metadata, status }, old) => ({
      ...old,
      metadata: metadataOfSubresource(metadata, old.metadata),
      status,
    }),
    validateUpdate: validateResourceQuotaStatus,
  },
};
