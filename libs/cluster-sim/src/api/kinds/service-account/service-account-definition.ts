import type { ServiceAccount } from '@kubedrill/kube-model';
import { objectMeta, objectReference } from '../../schema/object-meta.ts';
import { bool, list, object, pointer, string } from '../../schema/schema.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { dns1123Subdomain } from '../../validation/text-format.ts';
import type { KindDefinition } from '../kind-definition.ts';

/** core/v1 ServiceAccount: pkg/registry/core/serviceaccount. */
export const serviceAccountDefinition: KindDefinition<'ServiceAccount'> = {
  kind: 'ServiceAccount',
  schema: object('ServiceAccount', {
    metadata: objectMeta,
    secrets: list(objectReference, { patchMergeKey: 'name', listType: { kind: 'map', keys: ['name'] } }),
    imagePullSecrets: list(object('LocalObjectReference', { name: string })),
    automountServiceAccountToken: pointer(bool),
  }),
  defaults: (account) => account,
  strategy: {
    allowCreateOnUpdate: false,
    allowUnconditionalUpdate: true,
    prepareForCreate: withSecretNames,
    prepareForUpdate: withSecretNames,
    validateCreate: (account) => {
      const report: FieldError[] = [];
      validateMetadata(account.metadata, true, dns1123Subdomain, report);
      return report;
    },
    validateUpdate: (account, old) => {
      const report: FieldError[] = [];
      validateMetadataUpdate(account.metadata, old.metadata, report);
      validateMetadata(account.metadata, true, dns1123Subdomain, report);
      return report;
    },
    warningsOnCreate: (account) => (isEnforcing(account) ? [enforcementIsDeprecated] : []),
    warningsOnUpdate: (account, old) => (isEnforcing(account) && !isEnforcing(old) ? [enforcementIsDeprecated] : []),
  },
  deletion: { answersWithObject: true },
};

/** cleanSecretReferences: of the references there is no more than the name. */
function withSecretNames(account: ServiceAccount): ServiceAccount {
  const { secrets } = account;
  if (!secrets?.some((secret) => Object.keys(secret).some((member) => member !== 'name'))) return account;
  return { ...account, secrets: secrets.map(({ name }) => (name ? { name } : {})) };
}

const enforcement = 'kubernetes.io/enforce-mountable-secrets';
const enforcementIsDeprecated = `metadata.annotations[${enforcement}]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets`;

function isEnforcing({ metadata }: ServiceAccount): boolean {
  return metadata.annotations?.[enforcement] !== undefined;
}
