import type { ConfigMap } from '@kubedrill/kube-model';
import { base64ByteLength } from '../../schema/base64.ts';
import { objectMeta } from '../../schema/object-meta.ts';
import { bool, bytes, map, object, pointer, string } from '../../schema/schema.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden, invalid, tooLong } from '../../validation/field-error.ts';
import { semanticallyEqual } from '../../validation/immutable.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { root } from '../../validation/path.ts';
import { byteLength, dns1123Subdomain, fileKey } from '../../validation/text-format.ts';
import type { KindDefinition } from '../kind-definition.ts';

/** core/v1 ConfigMap: pkg/registry/core/configmap. */
export const configMapDefinition: KindDefinition<'ConfigMap'> = {
  kind: 'ConfigMap',
  schema: object('ConfigMap', {
    metadata: objectMeta,
    immutable: pointer(bool),
    data: map(string),
    binaryData: map(bytes),
  }),
  defaults: (configMap) => configMap,
  strategy: {
    allowCreateOnUpdate: false,
    allowUnconditionalUpdate: true,
    prepareForCreate: (configMap) => configMap,
    prepareForUpdate: (configMap) => configMap,
    validateCreate: (configMap) => {
      const report: FieldError[] = [];
      validateConfigMap(configMap, report);
      return report;
    },
    validateUpdate: (configMap, old) => {
      const report: FieldError[] = [];
      validateMetadataUpdate(configMap.metadata, old.metadata, report);
      if (old.immutable === true) validateImmutability(configMap, old, report);
      validateConfigMap(configMap, report);
      return report;
    },
  },
};

const maxBytes = 1024 * 1024;

/** ValidateConfigMap of pkg/apis/core/validation. */
function validateConfigMap({ metadata, data = {}, binaryData = {} }: ConfigMap, report: FieldError[]): void {
  validateMetadata(metadata, true, dns1123Subdomain, report);
  let bytes = 0;
  for (const [key, value] of Object.entries(data)) {
    const at = root.child('data').key(key);
    for (const message of fileKey(key)) report.push(invalid(at, key, message));
    if (Object.hasOwn(binaryData, key)) report.push(invalid(at, key, 'duplicate of key present in binaryData'));
    bytes += byteLength(value);
  }
  for (const [key, value] of Object.entries(binaryData)) {
    for (const message of fileKey(key)) report.push(invalid(root.child('binaryData').key(key), key, message));
    bytes += base64ByteLength(value);
  }
  if (bytes > maxBytes) report.push(tooLong(root, maxBytes));
}

function validateImmutability(configMap: ConfigMap, old: ConfigMap, report: FieldError[]): void {
  const words = 'field is immutable when `immutable` is set';
  if (configMap.immutable !== true) report.push(forbidden(root.child('immutable'), words));
  for (const field of ['data', 'binaryData'] as const)
    if (!semanticallyEqual(configMap[field], old[field])) report.push(forbidden(root.child(field), words));
}
