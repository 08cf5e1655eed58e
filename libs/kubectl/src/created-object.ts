import { kubectlErrorText } from '@kubedrill/cluster-sim';
import type { Json, JsonObject, KubeObject, ResourceInfo } from '@kubedrill/kube-model';
import { apiVersionOf, isJsonObject } from '@kubedrill/kube-model';
import { dryRunFlag, dryRunNote, dryRunOf } from './dry-run.ts';
import { fieldValidationOf, validateFlag } from './field-validation.ts';
import type { Flags, FlagSet } from './flags.ts';
import type { Invocation } from './invocation.ts';
import { CommandError, usageError } from './invocation.ts';
import { shownObject } from './found-objects.ts';
import { printTyped } from './object-printer.ts';
import { outputFormatOf } from './output-format.ts';
import { printFlags } from './print-flags.ts';
import { typeText } from './resource-arguments.ts';
import { withTypedConfiguration } from './saved-configuration.ts';
import { servedSchemas } from './typed-order.ts';

export const creationFlags: FlagSet = {
  ...printFlags,
  'dry-run': dryRunFlag,
  'field-manager': { value: 'required' },
  'save-config': { value: 'none' },
  validate: validateFlag,
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
  const format = outputFormatOf(invocation);
  const dryRun = dryRunOf(flags);
  const fieldValidation = fieldValidationOf(flags);
  const object = complete(invocation, resource, content);
  let shown: Json = object;
  if (dryRun !== 'client') {
    const response = cluster.api.handle({
      verb: 'create',
      resource,
      namespace: resource.namespaced ? namespace : '',
      body: object,
      dryRun: dryRun === 'server',
      fieldManager: flags.has('field-manager') ? flags.text('field-manager') : words.fieldManager,
      fieldValidation,
    });
    console.warn(response.warnings);
    if (!response.ok) {
      const { status } = response;
      const { failure } = words;
      console.fail(
        failure === undefined ? kubectlErrorText(status, { kind: 'other' }) : `error: ${failure}${status.message}`,
      );
      return;
    }
    if ('object' in response) shown = response.object as JsonObject;
  }
  const { name } = object.metadata as { readonly name: string };
  if (format.kind === 'table') console.print(`${typeText(resource)}/${name} ${words.done}${dryRunNote(dryRun)}`);
  else {
    const document = shownObject({ resource, object: shown as unknown as KubeObject });
    console.stdout += printTyped(document, format, servedSchemas(cluster));
  }
}

/** With its type, the namespace that --namespace names, and what --save-config saves. */
function complete(
  { cluster, flags, isNamespaceGiven, namespace }: Invocation,
  resource: ResourceInfo,
  content: JsonObject,
): JsonObject {
  const metadata = isJsonObject(content.metadata) ? content.metadata : {};
  const placed = isNamespaceGiven && resource.namespaced ? { ...metadata, namespace } : metadata;
  const object: JsonObject = { apiVersion: apiVersionOf(resource), kind: resource.kind, ...content, metadata: placed };
  return flags.isTrue('save-config') ? withTypedConfiguration(object, servedSchemas(cluster)) : object;
}

/** create.go NameFromCommandArgs. */
export function requiredName({ operands }: Invocation, command: string): string {
  const [name] = operands;
  if (name === undefined || operands.length !== 1)
    throw usageError(command, `exactly one NAME is required, got ${operands.length}`);
  if (name === '') throw new CommandError('error: name must be specified');
  return name;
}

/** cobra's ValidateRequiredFlags. */
export function requireFlags(flags: Flags, ...names: readonly string[]): void {
  const missing = names.filter((name) => !flags.has(name)).sort();
  if (missing.length > 0)
    throw new CommandError(`error: required flag(s) ${missing.map((name) => `"${name}"`).join(', ')} not set`);
}
