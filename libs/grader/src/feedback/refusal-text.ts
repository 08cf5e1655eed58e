import type { ApiStatus } from '@kubedrill/cluster-sim';

/**
 * A refusal in the words of kubectl: staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go (checkErr, MultilineError) for
 * what is invalid, "Error from server (Reason): error when creating ..." for everything else.
 */
export function refusalText(status: ApiStatus, file: string): string {
  const { reason, details, message } = status;
  if (reason !== 'Invalid')
    return `Error from server (${reason}): error when creating ${JSON.stringify(file)}: ${message}`;
  const subject =
    details?.kind === undefined ? 'The request is invalid' : `The ${details.kind} "${details.name ?? ''}" is invalid`;
  const causes = [...new Set((details?.causes ?? []).map(({ field, message: text }) => `${field}: ${text}`))];
  const [only] = causes;
  if (only === undefined) return `${subject}: ${message}`;
  return causes.length === 1
    ? `${subject}: ${only}`
    : `${subject}: \n${causes.map((cause) => `* ${cause}`).join('\n')}`;
}
