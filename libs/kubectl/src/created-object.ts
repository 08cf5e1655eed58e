import { kubectlErrorText } from '@kubedrill/cluster-sim';
import type { Json, JsonObject, KubeObject, ResourceInfo } from '@kubedrill/kube-model';
import { apiVersionOf } from '@kubedrill/kube-model';
import { dryRunFlag, dryRunNote, dryRunOf } from './dry-run.ts';
import type { FlagSet } from './flags.ts';
import type { Invocation } from './invocation.ts';
import { outputFormatOf, printObjects } from './object-printer.ts';
import { typeText } from './resource-arguments.ts';

export const creationFlags: FlagSet = {
  output: { short: 'o', value: 'required' },
  'dry-run': dryRunFlag,
  'field-manager': { value: 'required' },
};

export interface CreationWords {
  readonly done: 'created' | 'exposed';
  readonly fieldManager: string;
  /** What some commands put before the server's refusal, whose reason is lost then. */
  readonly failure?: string;
}

/** Sends an object that kubectl made up from flags, and says so in the past tense of the command. */
export function sendCreated(
  invocation: Invocation,
  resource: ResourceInfo,
  content: JsonObject,
  words: CreationWords,
): void {
  const { cluster, console, flags, namespace } = invocation;
  const format = outputFormatOf(flags);
  const dryRun = dryRunOf(flags);
  const object: JsonObject = { apiVersion: apiVersionOf(resource), kind: resource.kind, ...content };
  let shown: Json = object;
  if (dryRun !== 'client') {
    const response = cluster.api.handle({
      verb: 'create',
      resource,
      namespace: resource.namespaced ? namespace : '',
      body: object,
      dryRun: dryRun === 'server',
      fieldManager: flags.has('field-manager') ? flags.text('field-manager') : words.fieldManager,
    });
    console.warn(response.warnings);
    if (!response.ok) {
      const { status } = response;
      const { failure } = words;
      console.fail(
        failure === undefined ? kubectlErrorText(status, { kind: 'other' }) : `error: ${failure}: ${status.message}`,
      );
      return;
    }
    if ('object' in response) shown = response.object as JsonObject;
  }
  const { name } = object.metadata as { readonly name: string };
  if (format.kind === 'table') console.print(`${typeText(resource)}/${name} ${words.done}${dryRunNote(dryRun)}`);
  else console.stdout += printObjects([{ resource, object: shown as unknown as KubeObject }], format, false);
}
