import type { Service } from '@kubedrill/kube-model';
import type { KindDefinition } from '../kind-definition.ts';
import { ServiceAllocation } from './service-allocation.ts';
import { defaultService } from './service-defaults.ts';
import type { PortRange } from './node-port-pool.ts';
import { addressChanges, addressKeysOf } from './registered-addresses.ts';
import { draftOf } from './service-draft.ts';
import { serviceSchema } from './schema.ts';
import { validateServiceStatusUpdate } from './service-status-validation.ts';
import { dropTypeDependentFields } from './type-change.ts';
import { validateService, validateServiceUpdate } from './service-validation.ts';
import { serviceStatusWarnings, serviceWarnings } from './service-warnings.ts';

export interface ServiceOptions {
  readonly nodePortRange: PortRange;
}

/** core/v1 Service: pkg/registry/core/service. */
export function serviceDefinition({ nodePortRange }: ServiceOptions): KindDefinition<'Service'> {
  return {
    kind: 'Service',
    schema: serviceSchema,
    defaults: defaultService,
    allocation: new ServiceAllocation(nodePortRange),
    strategy: {
      allowCreateOnUpdate: true,
      allowUnconditionalUpdate: true,
      prepareForCreate: (service) => ({ ...service, status: { loadBalancer: {} } }),
      prepareForUpdate: (service, old) => dropTypeDependentFields({ ...service, status: old.status }, old),
      validateCreate: validateService,
      validateUpdate: validateServiceUpdate,
      canonicalize: withoutIdlePolicy,
      warningsOnCreate: serviceWarnings,
      warningsOnUpdate: serviceWarnings,
    },
    status: {
      prepareForUpdate: (service, old) => ({ ...service, spec: old.spec }),
      validateUpdate: validateServiceStatusUpdate,
      warningsOnUpdate: serviceStatusWarnings,
    },
    selectableFields: {
      'spec.clusterIP': ({ spec }) => spec.clusterIP ?? '',
      'spec.type': ({ spec }) => spec.type,
    },
    deletion: {
      answersWithObject: true,
      alongWith: (service) => {
        const { namespace = '', name } = service.metadata;
        return [...addressKeysOf(service), { kind: 'Endpoints', namespace, name }];
      },
    },
    companions: addressChanges,
  };
}

/** defaultOnReadInternalTrafficPolicy: nothing is routed to a Service without an address. */
function withoutIdlePolicy(service: Service): Service {
  if (service.spec.type !== 'ExternalName' || service.spec.internalTrafficPolicy === undefined) return service;
  const spec = draftOf(service.spec);
  delete spec.internalTrafficPolicy;
  return { ...service, spec };
}
