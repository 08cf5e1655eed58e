import type { Secret } from '@kubedrill/kube-model';
import { decodeBase64Text, base64ByteLength } from '../../schema/base64.ts';
import { jsonSyntaxError } from '../../schema/json-syntax.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden, invalid, required, tooLong } from '../../validation/field-error.ts';
import { immutable, semanticallyEqual } from '../../validation/immutable.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { metadataPath, root } from '../../validation/path.ts';
import { dns1123Subdomain, fileKey } from '../../validation/text-format.ts';

/** ValidateSecret and ValidateSecretUpdate of pkg/apis/core/validation. */

const maxBytes = 1024 * 1024;
const dataPath = root.child('data');
const accountName = 'kubernetes.io/service-account.name';

export function validateSecret(secret: Secret): FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(secret.metadata, true, dns1123Subdomain, report);
  let bytes = 0;
  for (const [key, value] of Object.entries(secret.data ?? {})) {
    for (const message of fileKey(key)) report.push(invalid(dataPath.key(key), key, message));
    bytes += base64ByteLength(value);
  }
  if (bytes > maxBytes) report.push(tooLong(dataPath, maxBytes));
  contentOfType(secret, report);
  return report;
}

export function validateSecretUpdate(secret: Secret, old: Secret): readonly FieldError[] {
  const report: FieldError[] = [];
  const words = 'field is immutable when `immutable` is set';
  validateMetadataUpdate(secret.metadata, old.metadata, report);
  immutable(secret.type, old.type, root.child('type'), report);
  if (old.immutable === true) {
    if (secret.immutable !== true) report.push(forbidden(root.child('immutable'), words));
    if (!semanticallyEqual(secret.data, old.data)) report.push(forbidden(dataPath, words));
  }
  return [...report, ...validateSecret(secret)];
}

function contentOfType({ type, data = {}, metadata }: Secret, report: FieldError[]): void {
  switch (type) {
    case 'kubernetes.io/service-account-token':
      if (!metadata.annotations?.[accountName])
        report.push(required(metadataPath.child('annotations').key(accountName)));
      return;
    case 'kubernetes.io/dockercfg':
      return jsonObject(data, '.dockercfg', report);
    case 'kubernetes.io/dockerconfigjson':
      return jsonObject(data, '.dockerconfigjson', report);
    case 'kubernetes.io/basic-auth':
      if (!Object.hasOwn(data, 'username') && !Object.hasOwn(data, 'password'))
        report.push(required(dataPath.key('username')), required(dataPath.key('password')));
      return;
    case 'kubernetes.io/ssh-auth':
      if (!Object.hasOwn(data, 'ssh-privatekey') || data['ssh-privatekey'] === '')
        report.push(required(dataPath.key('ssh-privatekey')));
      return;
    case 'kubernetes.io/tls':
      for (const key of ['tls.crt', 'tls.key']) if (!Object.hasOwn(data, key)) report.push(required(dataPath.key(key)));
      return;
    default:
  }
}

function jsonObject(data: Readonly<Record<string, string>>, key: string, report: FieldError[]): void {
  const value = Object.hasOwn(data, key) ? data[key] : undefined;
  if (value === undefined) report.push(required(dataPath.key(key)));
  else {
    const problem = jsonProblem(decodeBase64Text(value));
    if (problem !== undefined) report.push(invalid(dataPath.key(key), '<secret contents redacted>', problem));
  }
}

/** What encoding/json says of a text that should be an object. */
function jsonProblem(text: string): string | undefined {
  const problem = jsonSyntaxError(text);
  if (problem !== undefined) return problem;
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && !Array.isArray(value)) return undefined;
  const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`;
}

/** crypto/tls X509KeyPair as far as it can be told without cryptography: whether there is PEM at all. */
export function secretWarnings({ type, data = {} }: Secret): readonly string[] {
  if (type !== 'kubernetes.io/tls') return [];
  for (const [key, what] of [
    ['tls.crt', 'certificate'],
    ['tls.key', 'key'],
  ] as const)
    if (!decodeBase64Text(data[key] ?? '').includes('-----BEGIN '))
      return [`tls: failed to find any PEM data in ${what} input`];
  return [];
}
