import type { JsonObject } from '@kubedrill/kube-model';
import { apiVersionOf } from '@kubedrill/kube-model';
import type { ApiStatus, StatusCause } from '../api/request.ts';
import type { ManifestObject } from './manifest-object.ts';
import { quote } from './manifest-object.ts';

/** What kubectl was doing when it was refused. */
export type KubectlStep =
  | { readonly kind: 'creating' | 'replacing'; readonly file: string }
  | { readonly kind: 'patching'; readonly file: string; readonly object: ManifestObject; readonly patch: JsonObject }
  | { readonly kind: 'applying on the server' }
  /** Anything else, without a file to name. */
  | { readonly kind: 'other' };

/** What kubectl prints for a refusal (kubectl/pkg/cmd/util/helpers.go checkErr), without a final line end. */
export function kubectlErrorText(status: ApiStatus, step: KubectlStep): string {
  if (isUnsent(status)) return `error: ${status.message}`;
  if (status.reason === 'Conflict' && step.kind === 'applying on the server') return conflictText(status);
  if (status.reason === 'Invalid') return invalidText(status);
  const reason = status.reason === '' ? '' : ` (${status.reason})`;
  return `Error from server${reason}: ${withStep(status.message, step)}`;
}

/** A refusal by kubectl itself: nothing was sent. Its code is 0, which no server answers. */
export function unsentStatus(message: string): ApiStatus {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason: '', code: 0 };
}

export function isUnsent(status: ApiStatus): boolean {
  return status.code === 0;
}

/** kubectl/pkg/cmd/apply/apply.go applyOneObject. */
function conflictText({ message }: ApiStatus): string {
  return [
    `error: ${message}`,
    'Please review the fields above--they currently have other managers. Here',
    'are the ways you can resolve this warning:',
    '* If you intend to manage all of these fields, please re-run the apply',
    '  command with the `--force-conflicts` flag.',
    '* If you do not intend to manage all of the fields, please edit your',
    '  manifest to remove references to the fields that should keep their',
    '  current managers.',
    '* You may co-own fields by updating your manifest to match the existing',
    "  value; in this case, you'll become the manager if the other manager(s)",
    '  stop managing the field (remove it from their configuration).',
    'See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts',
  ].join('\n');
}

function invalidText(status: ApiStatus): string {
  const { details } = status;
  if (!details) return `The request is invalid: ${status.message}`;
  const causes = distinctCauses(details.causes ?? []);
  const subject =
    details.kind || details.name
      ? `The ${details.kind ?? ''} ${quote(details.name ?? '')} is invalid`
      : 'The request is invalid';
  if (causes.length === 0) return details.kind || details.name ? subject : `${subject}: ${status.message}`;
  if (causes.length === 1) return `${subject}: ${causes.join('')}`;
  return [`${subject}: `, ...causes.map((cause) => `* ${cause}`)].join('\n');
}

function distinctCauses(causes: readonly StatusCause[]): readonly string[] {
  return [...new Set(causes.map((cause) => `${cause.field ?? ''}: ${cause.message}`))];
}

function withStep(message: string, step: KubectlStep): string {
  switch (step.kind) {
    case 'other':
    case 'applying on the server':
      return message;
    case 'creating':
    case 'replacing':
      return `error when ${step.kind} ${quote(step.file)}: ${message}`;
    case 'patching': {
      const file = quote(step.file);
      return `error when applying patch:\n${JSON.stringify(step.patch)}\nto:\n${describe(step.object)}\nfor: ${file}: error when patching ${file}: ${message}`;
    }
  }
}

function describe({ resource, name, namespace }: ManifestObject): string {
  const version = resource.group === '' ? `/${resource.version}` : apiVersionOf(resource);
  const names = `Name: ${quote(name)}, Namespace: ${quote(namespace)}`;
  return `Resource: "${version}, Resource=${resource.plural}", GroupVersionKind: "${version}, Kind=${resource.kind}"\n${names}`;
}
