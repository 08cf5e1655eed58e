import type { JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import type { DiscoveredResource } from '../../discovery.ts';
import { discoverResource, servedDocument } from '../../discovery.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { JsonPathSyntaxError, parseTemplate, type Step } from '../../json-path-syntax.ts';
import { noResourceMatch } from '../../resource-arguments.ts';
import { explanation } from './explanation.ts';

/** kubectl/pkg/cmd/explain/explain.go. */
export const explain: KubectlCommand = {
  name: 'explain',
  flags: {
    'api-version': { value: 'required' },
    output: { short: 'o', value: 'required' },
    recursive: { short: 'R', value: 'none' },
  },
  run(invocation) {
    const { console, flags, operands } = invocation;
    const [target] = operands;
    if (target === undefined)
      throw new CommandError(
        'error: You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n',
      );
    if (operands.length > 1) throw new CommandError('error: We accept only this format: explain RESOURCE\n');
    const { resource, fields } = targetOf(invocation, target);
    const asked = versioned(resource, flags.text('api-version'));
    const output = flags.has('output') ? flags.text('output') : 'plaintext';
    const document = schemaDocument(invocation, asked);
    if (output !== 'plaintext') throw new CommandError(`error: unrecognized format: ${output}`);
    console.stdout += explanation(document, asked, fields, flags.isTrue('recursive'));
  },
};

interface Target {
  readonly resource: DiscoveredResource;
  readonly fields: readonly string[];
}

/** SplitAndParseResourceRequestWithMatchingPrefix: "deployments.apps.spec" has a group in it, "deployment.spec" none. */
function targetOf(invocation: Invocation, target: string): Target {
  const [name = '', ...fields] = fieldsOf(target);
  const found = discoverResource(invocation, name, '');
  if (!found) throw noResourceMatch(name);
  const full = found.group === '' ? found.plural : `${found.plural}.${found.group}`;
  const { flags } = invocation;
  if (found.group === '' || flags.text('api-version') !== '' || !target.startsWith(full))
    return { resource: found, fields };
  return { resource: found, fields: fieldsOf(target.slice(full.length)).slice(1) };
}

function fieldsOf(path: string): readonly string[] {
  try {
    const [node] = parseTemplate(`{.${path.replace(/\.$/, '')}}`);
    return node?.kind === 'action' ? node.steps.map(fieldName) : [];
  } catch (error) {
    if (error instanceof JsonPathSyntaxError) throw new CommandError(`error: ${error.message}`);
    throw error;
  }
}

function fieldName(step: Step, index: number): string {
  if (step.kind === 'field') return step.name;
  if (step.kind === 'descent') return '';
  throw new CommandError(
    `error: invalid jsonpath syntax, ${index === 0 ? 'first node must be field node' : 'all nodes must be field nodes'}`,
  );
}

function versioned(resource: DiscoveredResource, apiVersion: string): DiscoveredResource {
  if (apiVersion === '') return resource;
  const parts = apiVersion.split('/');
  if (parts.length > 2) throw new CommandError(`error: unexpected GroupVersion string: ${apiVersion}`);
  const [version = '', group = ''] = parts.toReversed();
  return { ...resource, group, version };
}

function schemaDocument(invocation: Invocation, { group, version, plural }: DiscoveredResource): JsonObject {
  const path = group === '' ? `api/${version}` : `apis/${group}/${version}`;
  const { code, text } = servedDocument(invocation, `/openapi/v3/${path}`, 'application/json', 'kubectl explain');
  const document: unknown = code === 200 ? JSON.parse(text) : undefined;
  if (!isJsonObject(document))
    throw new CommandError(`error: couldn't find resource for "${group}/${version}, Resource=${plural}"`);
  return document;
}
