import type { EndpointAddress, Endpoints, EndpointsPort, EndpointSubset } from '@kubedrill/kube-model';
import { validateEndpointIp } from '../../validation/endpoint-ip.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { required } from '../../validation/field-error.ts';
import { semanticallyEqual } from '../../validation/immutable.ts';
import { legacyIp } from '../../validation/ip-address.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { root } from '../../validation/path.ts';
import {
  each,
  field,
  formatted,
  given,
  inOrder,
  nonEmpty,
  numeric,
  oneOf,
  requiredText,
  validate,
  type Rule,
} from '../../validation/rule.ts';
import { dns1123Label, dns1123Subdomain, portNumber, qualifiedName } from '../../validation/text-format.ts';

/** ValidateEndpoints of pkg/apis/core/validation/validation.go. */

const addressRule: Rule<EndpointAddress> = inOrder<EndpointAddress>(
  field('ip', (ip, at, report) => void legacyIp(ip, at, report)),
  field('hostname', nonEmpty(formatted(dns1123Label))),
  field('nodeName', given(formatted(dns1123Subdomain))),
  field('ip', validateEndpointIp),
);

const portRule = (nameIsRequired: boolean): Rule<EndpointsPort> =>
  inOrder<EndpointsPort>(
    field('name', nameIsRequired ? requiredText(formatted(dns1123Label)) : nonEmpty(formatted(dns1123Label))),
    field('port', numeric(portNumber)),
    field('protocol', requiredText(oneOf(['SCTP', 'TCP', 'UDP']))),
    field('appProtocol', given(formatted(qualifiedName))),
  );

const onlyPort = portRule(false);
const oneOfSeveralPorts = portRule(true);

const subsetRule: Rule<EndpointSubset> = inOrder<EndpointSubset>(
  ({ addresses, notReadyAddresses }, at, report) => {
    if (!addresses?.length && !notReadyAddresses?.length)
      report.push(required(at, 'must specify `addresses` or `notReadyAddresses`'));
  },
  field('addresses', each(addressRule)),
  field('notReadyAddresses', each(addressRule)),
  field('ports', (ports, at, report) =>
    each((ports?.length ?? 0) > 1 ? oneOfSeveralPorts : onlyPort)(ports, at, report),
  ),
);

export function validateEndpoints(endpoints: Endpoints, old?: Endpoints): readonly FieldError[] {
  const report: FieldError[] = [];
  if (old) validateMetadataUpdate(endpoints.metadata, old.metadata, report);
  validateMetadata(endpoints.metadata, true, dns1123Subdomain, report);
  const errors = validate(each(subsetRule), endpoints.subsets, root.child('subsets'));
  const areOldOnes = errors.length > 0 && old !== undefined && semanticallyEqual(endpoints.subsets, old.subsets);
  return areOldOnes ? report : [...report, ...errors];
}
