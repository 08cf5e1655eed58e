import type { Secret } from '@kubedrill/kube-model';
import { encodeBase64 } from '../../schema/base64.ts';
import { objectMeta } from '../../schema/object-meta.ts';
import { bool, bytes, map, named, object, pointer, string } from '../../schema/schema.ts';
import type { KindDefinition } from '../kind-definition.ts';
import { secretWarnings, validateSecret, validateSecretUpdate } from './secret-validation.ts';

/** core/v1 Secret: pkg/registry/core/secret. */
export const secretDefinition: KindDefinition<'Secret'> = {
  kind: 'Secret',
  schema: object('Secret', {
    metadata: objectMeta,
    immutable: pointer(bool),
    data: map(bytes),
    stringData: map(string),
    type: named('v1.SecretType', string),
  }),
  defaults: (secret) => {
    const complete = secret.type ? secret : { ...secret, type: 'Opaque' };
    return complete.stringData === undefined ? complete : withoutStringData(complete);
  },
  strategy: {
    allowCreateOnUpdate: false,
    allowUnconditionalUpdate: true,
    prepareForCreate: (secret) => secret,
    prepareForUpdate: (secret) => secret,
    validateCreate: validateSecret,
    validateUpdate: validateSecretUpdate,
    warningsOnCreate: secretWarnings,
    warningsOnUpdate: secretWarnings,
  },
  selectableFields: { type: ({ type }) => type ?? '' },
};

/** Convert_v1_Secret_To_core_Secret: plain values win over encoded ones of the same key. */
function withoutStringData(secret: Secret): Secret {
  const kept: { -readonly [F in keyof Secret]: Secret[F] } = { ...secret };
  const plain = Object.entries(secret.stringData ?? {}).map(([key, value]) => [key, encodeBase64(value)] as const);
  delete kept.stringData;
  kept.data = Object.fromEntries([...Object.entries(secret.data ?? {}), ...plain]);
  return kept;
}
