import type { JsonObject } from '@kubedrill/kube-model';
import { parseImageReference } from '../../../../images/image-reference.ts';
import type { Defaulter } from './defaulter.ts';
import { absent, all, inElements, inMember } from './defaulter.ts';
import { roundResources } from './resource-defaults.ts';

/** Sources: pkg/apis/core/v1/defaults.go and the +default markers of the types (zz_generated.defaults.go). */

const httpGet = inMember('httpGet', absent({ path: '/', scheme: 'HTTP' }));

const probe = all(
  absent({ timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }),
  httpGet,
  inMember('grpc', absent({ service: '' })),
);

/** What is pulled each time: images without a tag or with the tag latest; not those with a digest. */
export function defaultPullPolicy(image: unknown): 'Always' | 'IfNotPresent' {
  const parsed = typeof image === 'string' ? parseImageReference(image) : undefined;
  return parsed?.ok && parsed.reference.tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function pullPolicy(container: JsonObject): JsonObject {
  if (container.imagePullPolicy !== undefined) return container;
  return { ...container, imagePullPolicy: defaultPullPolicy(container.image) };
}

const envSource = all(
  inMember('fieldRef', absent({ apiVersion: 'v1' })),
  inMember('fileKeyRef', absent({ optional: false })),
);

export const defaultContainer: Defaulter = all(
  pullPolicy,
  absent({ terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' }),
  inElements('ports', absent({ protocol: 'TCP' })),
  inElements('env', inMember('valueFrom', envSource)),
  inMember('resources', roundResources),
  inMember('livenessProbe', probe),
  inMember('readinessProbe', probe),
  inMember('startupProbe', probe),
  inMember('lifecycle', all(inMember('postStart', httpGet), inMember('preStop', httpGet))),
);
