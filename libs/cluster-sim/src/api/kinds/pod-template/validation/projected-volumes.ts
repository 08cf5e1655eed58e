import type { FieldError } from '../../../validation/field-error.ts';
import { forbidden, invalid, required } from '../../../validation/field-error.ts';
import type { Path } from '../../../validation/path.ts';
import type { Rule } from '../../../validation/rule.ts';
import { each, field, given, inOrder, requiredText } from '../../../validation/rule.ts';
import { fieldReference, resourceFieldReference } from './environment.ts';
import { fileMode, localReservedPath } from './paths.ts';
import type { DownwardApiFile, KeyToPath, Projection } from './pod-spec-shape.ts';

const text: Rule<string> = () => undefined;

const requiredPath: Rule<string> = (path, at, report) => {
  requiredText(text)(path, at, report);
  localReservedPath(path, at, report);
};

export const keyToPath = inOrder<KeyToPath>(
  field('key', requiredText(text)),
  field('path', requiredPath),
  field('mode', given(fileMode)),
);

const volumeFields = ['metadata.annotations', 'metadata.labels', 'metadata.name', 'metadata.namespace', 'metadata.uid'];
const podField = fieldReference(volumeFields);
const containerField = resourceFieldReference(true);

/** Its errors are reported at the volume, not at the file, as in Kubernetes. */
export const downwardApiFile: Rule<DownwardApiFile> = (file, at, report) => {
  requiredPath(file.path, at.child('path'), report);
  if (file.fieldRef) {
    podField(file.fieldRef, at.child('fieldRef'), report);
    if (file.resourceFieldRef)
      report.push(invalid(at, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'));
  } else if (file.resourceFieldRef) containerField(file.resourceFieldRef, at.child('resourceFieldRef'), report);
  else report.push(required(at, 'one of fieldRef and resourceFieldRef is required'));
  if (file.mode !== undefined) fileMode(file.mode, at.child('mode'), report);
};

/** validateProjectionSources: no two sources write the same file. */
export const projectedSources: Rule<{ readonly sources?: readonly Projection[] | null }> = (
  { sources },
  at,
  report,
) => {
  const files = new Set<string>();
  const claim = (path: string, shown: string): void => {
    if (path === '') return;
    if (files.has(path)) report.push(invalid(at, shown, 'conflicting duplicate paths'));
    files.add(path);
  };
  for (const [index, projection] of (sources ?? []).entries()) {
    const place = at.child('sources').index(index);
    keyed(projection.secret, place.child('secret'), report, claim);
    keyed(projection.configMap, place.child('configMap'), report, claim);
    for (const file of projection.downwardAPI?.items ?? []) {
      downwardApiFile(file, place.child('downwardAPI'), report);
      claim(file.path, file.path);
    }
    if (projection.serviceAccountToken)
      token(projection.serviceAccountToken, at, place.child('serviceAccountToken'), report);
    const count = sourceNames.filter((name) => projection[name] !== undefined).length;
    if (count > 1) report.push(forbidden(place, 'may not specify more than 1 volume type per source'));
  }
};

const sourceNames = ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken'] as const;

function keyed(
  source: Projection['secret'],
  at: Path,
  report: FieldError[],
  claim: (path: string, shown: string) => void,
): void {
  if (!source) return;
  if (!source.name) report.push(required(at.child('name')));
  each<KeyToPath>((item, place, found) => {
    keyToPath(item, place, found);
    claim(item.path, source.name ?? '');
  })(source.items, at.child('items'), report);
}

const tenMinutes = 600;

function token(
  { expirationSeconds = 0, path = '' }: NonNullable<Projection['serviceAccountToken']>,
  volume: Path,
  at: Path,
  report: FieldError[],
): void {
  const place = at.child('expirationSeconds');
  if (expirationSeconds < tenMinutes)
    report.push(invalid(place, expirationSeconds, 'may not specify a duration less than 10 minutes'));
  if (expirationSeconds > 2 ** 32)
    report.push(invalid(place, expirationSeconds, 'may not specify a duration larger than 2^32 seconds'));
  if (path === '') report.push(required(volume.child('path')));
  else localReservedPath(path, volume.child('path'), report);
}
