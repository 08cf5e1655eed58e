import type { EnvFromSource } from '@kubedrill/kube-model';
import type { FieldError } from '../../../validation/field-error.ts';
import { invalid, notSupportedText, required } from '../../../validation/field-error.ts';
import type { Path } from '../../../validation/path.ts';
import type { Rule } from '../../../validation/rule.ts';
import { each, field, formatted, given, inOrder, nonEmpty, requiredText } from '../../../validation/rule.ts';
import {
  dns1123Label,
  dns1123Subdomain,
  fileKey,
  qualifiedName,
  relaxedEnvironmentVariableName,
} from '../../../validation/text-format.ts';
import { withoutBacksteps } from './paths.ts';
import type { EnvSource, FieldReference, FullEnvVar, KeyReference, ResourceFieldReference } from './pod-spec-shape.ts';

/** A pod's own fields by name: validateObjectFieldSelector. `supported` sorted. */
export function fieldReference(supported: readonly string[]): Rule<FieldReference> {
  return ({ apiVersion, fieldPath }, at, report) => {
    const place = at.child('fieldPath');
    if (!apiVersion) return void report.push(required(at.child('apiVersion')));
    if (fieldPath === '') return void report.push(required(place));
    const problem = conversionProblem(apiVersion, fieldPath);
    if (problem !== undefined)
      return void report.push(invalid(place, fieldPath, `error converting fieldPath: ${problem}`));
    const subscripted = splitSubscript(fieldPath);
    if (!subscripted) {
      const path = fieldPath === 'spec.host' ? 'spec.nodeName' : fieldPath;
      if (!supported.includes(path)) report.push(notSupportedText(place, path, supported));
    } else if (subscripted.path === 'metadata.annotations') {
      formatted(qualifiedName)(subscripted.key.toLowerCase(), at, report);
    } else formatted(qualifiedName)(subscripted.key, at, report);
  };
}

/** ConvertDownwardAPIFieldLabel of pkg/apis/core/pods. */
function conversionProblem(apiVersion: string, fieldPath: string): string | undefined {
  if (apiVersion !== 'v1') return `unsupported pod version: ${apiVersion}`;
  const subscripted = splitSubscript(fieldPath);
  if (subscripted) {
    const allowed = subscripted.path === 'metadata.annotations' || subscripted.path === 'metadata.labels';
    return allowed ? undefined : `field label does not support subscript: ${fieldPath}`;
  }
  return knownLabels.has(fieldPath) ? undefined : `field label not supported: ${fieldPath}`;
}

const knownLabels = new Set([
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.serviceAccountName',
  'spec.schedulerName',
  'status.phase',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
  'spec.host',
]);

/** "metadata.labels['app']" -> path and key. */
function splitSubscript(fieldPath: string): { readonly path: string; readonly key: string } | undefined {
  const open = fieldPath.indexOf("['");
  if (open <= 0 || !fieldPath.endsWith("']")) return undefined;
  const key = fieldPath.slice(open + 2, -2);
  return { path: fieldPath.slice(0, open), key };
}

const resourceFields = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];

const divisors = new Set(['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei']);
const divisorWords =
  "only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the";

/** validateContainerResourceFieldSelector: what a container may ask of its resources. */
export function resourceFieldReference(inVolume: boolean): Rule<ResourceFieldReference> {
  return ({ containerName, resource, divisor = '0' }, at, report) => {
    const isHugePages = resource.startsWith('limits.hugepages-') || resource.startsWith('requests.hugepages-');
    if (inVolume && !containerName) report.push(required(at.child('containerName')));
    else if (resource === '') report.push(required(at.child('resource')));
    else if (!resourceFields.includes(resource) && !isHugePages)
      report.push(notSupportedText(at.child('resource'), resource, resourceFields));
    if (divisor === '0') return;
    const problem = divisorProblem(resource, divisor, isHugePages);
    if (problem !== undefined) report.push(invalid(at.child('divisor'), resource, problem));
  };
}

function divisorProblem(resource: string, divisor: string, isHugePages: boolean): string | undefined {
  if (resource.endsWith('.cpu')) {
    return divisor === '1' || divisor === '1m'
      ? undefined
      : "only divisor's values 1m and 1 are supported with the cpu resource";
  }
  if (divisors.has(divisor)) return undefined;
  if (resource.endsWith('.memory')) return `${divisorWords} memory resource`;
  if (resource.endsWith('.ephemeral-storage')) return `${divisorWords} local ephemeral storage resource`;
  return isHugePages ? `${divisorWords} hugepages resource` : undefined;
}

const keyReference = inOrder<KeyReference>(
  field('name', (name, at, report) => formatted(dns1123Subdomain)(name ?? '', at, report)),
  field('key', requiredText(formatted(fileKey))),
);

const fileReference = inOrder<NonNullable<EnvSource['fileKeyRef']>>(
  field('key', requiredText(formatted(relaxedEnvironmentVariableName))),
  field('volumeName', requiredText(formatted(dns1123Label))),
  field('path', requiredText(withoutBacksteps)),
);

const environmentFields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

const sources = inOrder<EnvSource>(
  field('fieldRef', given(fieldReference(environmentFields))),
  field('resourceFieldRef', given(resourceFieldReference(false))),
  field('configMapKeyRef', given(keyReference)),
  field('secretKeyRef', given(keyReference)),
  field('fileKeyRef', given(fileReference)),
);

const sourceNames = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'] as const;

function sourceOf({ value, valueFrom }: FullEnvVar, at: Path, report: FieldError[]): void {
  if (!valueFrom) return;
  sources(valueFrom, at, report);
  const count = sourceNames.filter((name) => valueFrom[name] !== undefined).length;
  if (count === 0) {
    report.push(
      invalid(
        at,
        '',
        'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
      ),
    );
  } else if (value) report.push(invalid(at, '', 'may not be specified when `value` is not empty'));
  else if (count > 1) report.push(invalid(at, '', 'may not have more than one field specified at a time'));
}

export const environment: Rule<readonly FullEnvVar[] | undefined> = each(
  inOrder<FullEnvVar>(field('name', requiredText(formatted(relaxedEnvironmentVariableName))), (variable, at, report) =>
    sourceOf(variable, at.child('valueFrom'), report),
  ),
);

const namedSource: Rule<{ readonly name?: string } | undefined> = given(
  field('name', requiredText(formatted(dns1123Subdomain))),
);

/** Errors about the number of sources are reported at the list, as Kubernetes does. */
export const environmentFrom: Rule<readonly EnvFromSource[] | undefined> = (list, at, report) => {
  each(
    inOrder<EnvFromSource>(
      field('prefix', nonEmpty(formatted(relaxedEnvironmentVariableName))),
      field('configMapRef', namedSource),
      field('secretRef', namedSource),
      ({ configMapRef, secretRef }) => {
        if (!configMapRef && !secretRef)
          report.push(invalid(at, '', 'must specify one of: `configMapRef` or `secretRef`'));
        else if (configMapRef && secretRef)
          report.push(invalid(at, '', 'may not have more than one field specified at a time'));
      },
    ),
  )(list, at, report);
};
