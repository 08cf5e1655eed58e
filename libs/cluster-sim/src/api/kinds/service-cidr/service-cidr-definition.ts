import type { ServiceCIDR } from '@kubedrill/kube-model';
import { condition, objectMeta } from '../../schema/object-meta.ts';
import { always, list, object, string } from '../../schema/schema.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { invalid, required } from '../../validation/field-error.ts';
import { goStruct } from '../../validation/go-quote.ts';
import { canonicalCidr } from '../../validation/ip-address.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { specPath } from '../../validation/path.ts';
import { dns1123Subdomain } from '../../validation/text-format.ts';
import type { KindDefinition } from '../kind-definition.ts';
import { metadataOfSubresource } from '../status-metadata.ts';

/** networking.k8s.io/v1 ServiceCIDR: pkg/registry/networking/servicecidr. */
export const serviceCIDRDefinition: KindDefinition<'ServiceCIDR'> = {
  kind: 'ServiceCIDR',
  schema: object('ServiceCIDR', {
    metadata: objectMeta,
    spec: always(object('ServiceCIDRSpec', { cidrs: list(string, { listType: { kind: 'atomic' } }) })),
    status: always(
      object('ServiceCIDRStatus', {
        conditions: list(condition, { patchMergeKey: 'type', listType: { kind: 'map', keys: ['type'] } }),
      }),
    ),
  }),
  defaults: (serviceCIDR) => serviceCIDR,
  strategy: {
    allowCreateOnUpdate: false,
    allowUnconditionalUpdate: true,
    prepareForCreate: (serviceCIDR) => ({ ...serviceCIDR, status: {} }),
    prepareForUpdate: (serviceCIDR, old) => ({ ...serviceCIDR, status: old.status }),
    validateCreate({ metadata, spec }) {
      const report: FieldError[] = [];
      validateMetadata(metadata, false, dns1123Subdomain, report);
      validateRanges(spec, report);
      return report;
    },
    validateUpdate: validateServiceCIDRUpdate,
  },
  status: {
    prepareForUpdate: ({ metadata, status }, old) => ({
      ...old,
      metadata: metadataOfSubresource(metadata, old.metadata),
      status,
    }),
    validateUpdate: ({ metadata }, old) => {
      const report: FieldError[] = [];
      validateMetadataUpdate(metadata, old.metadata, report);
      return report;
    },
  },
};

const rangesPath = specPath.child('cidrs');
const immutableWords = 'field is immutable';

/** validateServiceCIDRSpec of pkg/apis/networking/validation. */
function validateRanges({ cidrs = [] }: ServiceCIDR['spec'], report: FieldError[]): void {
  if (cidrs.length === 0) report.push(required(rangesPath, 'at least one CIDR required'));
  else if (cidrs.length > 2)
    report.push(invalid(rangesPath, goStruct({ CIDRs: cidrs }), 'may only hold up to 2 values'));
  else {
    const families = cidrs.map((cidr, index) => canonicalCidr(cidr, rangesPath.index(index), report)?.address.family);
    if (cidrs.length === 2 && families[0] !== undefined && families[0] === families[1])
      report.push(
        invalid(
          rangesPath,
          cidrs,
          'may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64',
        ),
      );
  }
}

/** ValidateServiceCIDRUpdate: a range stays; one of the other family may join it. */
function validateServiceCIDRUpdate({ metadata, spec }: ServiceCIDR, old: ServiceCIDR): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(metadata, old.metadata, report);
  const [cidrs, before] = [spec.cidrs ?? [], old.spec.cidrs ?? []];
  const isJoined = before.length === 1 && cidrs.length === 2;
  if (cidrs.length !== before.length && !isJoined) report.push(invalid(rangesPath, spec.cidrs, immutableWords));
  else
    before.forEach((cidr, index) => {
      if (cidr !== cidrs[index]) report.push(invalid(rangesPath.index(index), cidrs[index], immutableWords));
    });
  if (isJoined) validateRanges(spec, report);
  return report;
}
