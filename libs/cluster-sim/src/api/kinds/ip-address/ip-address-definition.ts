import type { IPAddress, IPAddressParent } from '@kubedrill/kube-model';
import { objectMeta } from '../../schema/object-meta.ts';
import { always, object, string } from '../../schema/schema.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { invalid, required } from '../../validation/field-error.ts';
import { goStruct, GoValue } from '../../validation/go-quote.ts';
import { semanticallyEqual } from '../../validation/immutable.ts';
import { canonicalIpFormat } from '../../validation/ip-address.ts';
import { pathSegment, validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { specPath } from '../../validation/path.ts';
import { field, formatted, inOrder, nonEmpty, requiredText } from '../../validation/rule.ts';
import { dns1123Subdomain } from '../../validation/text-format.ts';
import type { KindDefinition } from '../kind-definition.ts';

/** networking.k8s.io/v1 IPAddress: pkg/registry/networking/ipaddress. */
export const ipAddressDefinition: KindDefinition<'IPAddress'> = {
  kind: 'IPAddress',
  schema: object('IPAddress', {
    metadata: objectMeta,
    spec: always(
      object('IPAddressSpec', {
        parentRef: object('ParentReference', { group: string, resource: string, namespace: string, name: string }),
      }),
    ),
  }),
  defaults: (address) => address,
  strategy: {
    allowCreateOnUpdate: false,
    allowUnconditionalUpdate: true,
    prepareForCreate: (address) => address,
    prepareForUpdate: (address) => address,
    validateCreate: validateIPAddress,
    validateUpdate(address, old) {
      const report = validateIPAddress(address);
      validateMetadataUpdate(address.metadata, old.metadata, report);
      const { parentRef } = address.spec;
      if (!semanticallyEqual(parentRef, old.spec.parentRef))
        report.push(invalid(parentPath, shownParent(parentRef), 'field is immutable'));
      return report;
    },
  },
};

const parentPath = specPath.child('parentRef');

/** The group of Services is the empty one. */
export const parentRule = inOrder<IPAddressParent>(
  field('group', nonEmpty(formatted(dns1123Subdomain))),
  field('resource', requiredText(formatted(pathSegment))),
  field('name', requiredText(formatted(pathSegment))),
  field('namespace', nonEmpty(formatted(pathSegment))),
);

/** ValidateIPAddress of pkg/apis/networking/validation. */
function validateIPAddress({ metadata, spec: { parentRef } }: IPAddress): FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(metadata, false, canonicalIpFormat, report);
  if (parentRef) parentRule(parentRef, parentPath, report);
  else report.push(required(parentPath));
  return report;
}

/** In its internal form. */
function shownParent(parent: IPAddressParent | undefined): GoValue {
  if (!parent) return new GoValue('null');
  const { group = '', resource = '', namespace = '', name = '' } = parent;
  return goStruct({ Group: group, Resource: resource, Namespace: namespace, Name: name });
}
