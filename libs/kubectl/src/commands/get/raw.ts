import { kubectlErrorText, type ApiStatus } from '@kubedrill/cluster-sim';
import { isJsonObject } from '@kubedrill/kube-model';
import { servedDocument } from '../../discovery.ts';
import type { Invocation } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';

/** get --raw: the server's answer as it is (kubectl/pkg/rawhttp/raw.go). */
export function getRaw(invocation: Invocation): void {
  const { console, flags, operands } = invocation;
  const path = flags.text('raw');
  if (operands.length > 0) throw new CommandError('error: arguments may not be passed when --raw is specified');
  if (flags.isTrue('watch') || flags.isTrue('watch-only') || flags.text('selector') !== '')
    throw new CommandError(
      'error: --raw may not be specified with other flags that filter the server request or alter the output',
    );
  if (flags.text('output') !== '') throw new CommandError('error: --raw and --output are mutually exclusive');
  if (!path.startsWith('/'))
    throw new CommandError(
      `error: --raw must be a valid URL path: parse ${JSON.stringify(path)}: invalid URI for request`,
    );
  const { code, text, warnings } = servedDocument(invocation, path, 'application/json', 'kubectl get --raw');
  console.warn(warnings);
  if (code < 400) console.stdout += text;
  else console.fail(refusalText(code, text));
}

export function refusalText(code: number, text: string): string {
  const status: unknown = text.startsWith('{') ? JSON.parse(text) : undefined;
  return isJsonObject(status) && status['kind'] === 'Status'
    ? kubectlErrorText(status as unknown as ApiStatus, { kind: 'other' })
    : `Error from server: the server responded with the status code ${code}`;
}
