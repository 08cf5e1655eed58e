import type { Lease } from '@kubedrill/kube-model';
import { objectMeta } from '../../schema/object-meta.ts';
import { always, int32, microTime, named, object, pointer, string } from '../../schema/schema.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden, invalid, notSupported } from '../../validation/field-error.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { specPath, type Path } from '../../validation/path.ts';
import { field, formatted, given, inOrder } from '../../validation/rule.ts';
import { dns1123Subdomain, qualifiedName } from '../../validation/text-format.ts';
import type { KindDefinition } from '../kind-definition.ts';

/** coordination.k8s.io/v1 Lease: pkg/registry/coordination/lease. The feature CoordinatedLeaderElection is off. */
export const leaseDefinition: KindDefinition<'Lease'> = {
  kind: 'Lease',
  schema: object('Lease', {
    metadata: objectMeta,
    spec: always(
      object('LeaseSpec', {
        holderIdentity: pointer(string),
        leaseDurationSeconds: pointer(int32),
        acquireTime: pointer(microTime),
        renewTime: pointer(microTime),
        leaseTransitions: pointer(int32),
        strategy: pointer(named('v1.CoordinatedLeaseStrategy', string)),
        preferredHolder: pointer(string),
      }),
    ),
  }),
  defaults: (lease) => lease,
  strategy: {
    allowCreateOnUpdate: true,
    allowUnconditionalUpdate: false,
    prepareForCreate: (lease) => withoutDisabled(lease, undefined),
    prepareForUpdate: withoutDisabled,
    validateCreate(lease) {
      const report: FieldError[] = [];
      validateMetadata(lease.metadata, true, dns1123Subdomain, report);
      spec(lease.spec, specPath, report);
      return report;
    },
    validateUpdate(lease, old) {
      const report: FieldError[] = [];
      validateMetadataUpdate(lease.metadata, old.metadata, report);
      spec(lease.spec, specPath, report);
      return report;
    },
  },
};

function withoutDisabled(lease: Lease, old: Lease | undefined): Lease {
  const { strategy, preferredHolder, ...rest } = lease.spec;
  if (strategy === undefined && preferredHolder === undefined) return lease;
  return {
    ...lease,
    spec: {
      ...rest,
      ...(old?.spec.strategy !== undefined && strategy !== undefined && { strategy }),
      ...(old?.spec.preferredHolder !== undefined && preferredHolder !== undefined && { preferredHolder }),
    },
  };
}

const strategies = ['OldestEmulationVersion'];

/** ValidateLeaseSpec of pkg/apis/coordination/validation. */
const spec = inOrder<Lease['spec']>(
  field(
    'leaseDurationSeconds',
    given((seconds, at, report) => {
      if (seconds <= 0) report.push(invalid(at, seconds, 'must be greater than 0'));
    }),
  ),
  field(
    'leaseTransitions',
    given((transitions, at, report) => {
      if (transitions < 0) report.push(invalid(at, transitions, 'must be greater than or equal to 0'));
    }),
  ),
  field('strategy', given(validateStrategy)),
  ({ strategy, preferredHolder }, at, report) => {
    if (preferredHolder && !strategy)
      report.push(forbidden(at.child('preferredHolder'), 'may only be specified if `strategy` is defined'));
  },
);

/** ValidateCoordinatedLeaseStrategy, which names the field twice. */
function validateStrategy(strategy: string, at: Path, report: FieldError[]): void {
  const place = at.child('strategy');
  if (strategy.includes('/')) formatted(qualifiedName)(strategy, place, report);
  else if (!strategies.includes(strategy)) report.push(notSupported(place, strategy, strategies));
}
