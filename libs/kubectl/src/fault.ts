import { kubectlErrorText, type ApiStatus } from '@kubedrill/cluster-sim';

/** Why something failed: kubectl's own words, the server's, or several of them. */
export type Fault =
  | { readonly kind: 'words'; readonly message: string }
  | { readonly kind: 'refusal'; readonly status: ApiStatus }
  | { readonly kind: 'several'; readonly faults: readonly Fault[] };

export function fault(message: string): Fault {
  return { kind: 'words', message };
}

export function refusal(status: ApiStatus): Fault {
  return { kind: 'refusal', status };
}

/** utilerrors.NewAggregate. */
export function several(faults: readonly Fault[]): Fault | undefined {
  const [first] = faults;
  return faults.length > 1 ? { kind: 'several', faults } : first;
}

/** kubectl/pkg/cmd/util/helpers.go checkErr: what ends a command. */
export function faultText(one: Fault): string {
  switch (one.kind) {
    case 'words':
      return one.message.startsWith('error: ') ? one.message : `error: ${one.message}`;
    case 'refusal':
      return kubectlErrorText(one.status, { kind: 'other' });
    case 'several':
      return one.faults.map(listedText).join('\n');
  }
}

/** helpers.go messageForError: a fault among others. */
export function listedText(one: Fault): string {
  if (one.kind !== 'refusal') return bareText(one);
  const { message, reason } = one.status;
  return reason === '' ? `Error from server: ${message}` : `Error from server (${reason}): ${message}`;
}

/** Go's Error(). */
export function bareText(one: Fault): string {
  switch (one.kind) {
    case 'words':
      return one.message;
    case 'refusal':
      return one.status.message;
    case 'several':
      return aggregated([...new Set(one.faults.map(bareText))]);
  }
}

function aggregated(texts: readonly string[]): string {
  return texts.length === 1 ? texts.join('') : `[${texts.join(', ')}]`;
}

/** helpers.go AddSourceToErr. */
export function withSource(verb: string, source: string, one: Fault): Fault {
  if (source === '') return one;
  const message = `error when ${verb} ${JSON.stringify(source)}: ${bareText(one)}`;
  return one.kind === 'refusal' ? refusal({ ...one.status, message }) : fault(message);
}

export function isNotFound(one: Fault): boolean {
  return one.kind === 'refusal' && one.status.reason === 'NotFound';
}
