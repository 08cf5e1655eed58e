import type { ObjectSchema } from '@kubedrill/cluster-sim';
import type { JsonObject } from '@kubedrill/kube-model';
import type { ServedResource } from '../discovery.ts';
import { servedDocument, servedGroupVersions, servedResources } from '../discovery.ts';
import type { Flags } from '../flags.ts';
import type { Invocation, KubectlCommand } from '../invocation.ts';
import { CommandError, usageError } from '../invocation.ts';
import { printTyped } from '../object-printer.ts';
import { outputFormatOf, type ObjectFormat } from '../output-format.ts';
import { layOutTable } from '../text-table.ts';

/** kubectl/pkg/cmd/apiresources/apiresources.go. */
export const apiResources: KubectlCommand = {
  name: 'api-resources',
  flags: {
    'api-group': { value: 'required' },
    cached: { value: 'none' },
    categories: { value: 'required' },
    namespaced: { value: { whenBare: 'true' }, type: 'bool' },
    'no-headers': { value: 'none' },
    output: { short: 'o', value: 'required' },
    'sort-by': { value: 'required' },
    verbs: { value: 'required' },
  },
  run(invocation) {
    const { console, flags } = invocation;
    refuseArguments(invocation, 'api-resources');
    const output = outputOf(flags);
    const sortBy = flags.text('sort-by');
    if (!['', 'name', 'kind'].includes(sortBy)) throw new CommandError('error: --sort-by accepts only name or kind');
    const found = served(invocation, 'api-resources')
      .filter((resource) => isWanted(resource, flags))
      .toSorted((left, right) => inOrder(left, right, sortBy));
    if (documentFormats.includes(output)) {
      console.stdout += printTyped(resourceList(found), outputFormatOf(invocation) as ObjectFormat, () => listSchema);
      return;
    }
    if (output === 'name') {
      for (const { plural, group } of found) console.print(group === '' ? plural : `${plural}.${group}`);
      return;
    }
    const wide = output === 'wide';
    const header = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(wide ? ['VERBS', 'CATEGORIES'] : [])];
    const rows = found.map((resource) => rowOf(resource, wide));
    for (const line of layOutTable(flags.isTrue('no-headers') ? rows : [header, ...rows])) console.print(line);
  },
};

/** kubectl/pkg/cmd/apiresources/apiversions.go. */
export const apiVersions: KubectlCommand = {
  name: 'api-versions',
  flags: {},
  run(invocation) {
    refuseArguments(invocation, 'api-versions');
    served(invocation, 'api-versions');
    for (const version of [...new Set(servedGroupVersions(invocation))].toSorted()) invocation.console.print(version);
  },
};

function refuseArguments({ operands }: Invocation, command: string): void {
  if (operands.length > 0) throw usageError(command, `unexpected arguments: [${operands.join(' ')}]`);
}

function served(invocation: Invocation, command: string): readonly ServedResource[] {
  servedDocument(invocation, '/api', 'application/json', `kubectl ${command}`);
  return servedResources(invocation).filter(({ verbs }) => verbs.length > 0);
}

function outputOf(flags: Flags): string {
  const output = flags.text('output');
  if (['', 'name', 'wide'].includes(output)) return output;
  if (documentFormats.includes(output)) return output;
  throw new CommandError(
    `error: unable to match a printer suitable for the output format ${JSON.stringify(output)}, allowed formats are: json,kyaml,name,wide,yaml`,
  );
}

const documentFormats = ['json', 'yaml', 'kyaml'];

/** meta/v1 APIResourceList of all that is shown. */
function resourceList(found: readonly ServedResource[]): JsonObject {
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: '',
    resources: found.map(({ plural, singular, namespaced, group, version, kind, verbs, shortNames, categories }) => ({
      name: plural,
      singularName: singular,
      namespaced,
      ...(group === '' ? {} : { group }),
      version,
      kind,
      verbs,
      ...(shortNames.length === 0 ? {} : { shortNames }),
      ...(categories.length === 0 ? {} : { categories }),
    })),
  };
}

const listSchema: ObjectSchema = {
  type: 'object',
  goType: 'APIResourceList',
  fields: {
    groupVersion: { type: 'string' },
    resources: {
      type: 'list',
      items: {
        type: 'object',
        goType: 'APIResource',
        fields: Object.fromEntries(
          ['name', 'singularName', 'namespaced', 'group', 'version', 'kind', 'verbs', 'shortNames', 'categories'].map(
            (name) => [name, { type: 'raw' } as const],
          ),
        ),
      },
    },
  },
};

function isWanted({ group, namespaced, verbs, categories }: ServedResource, flags: Flags): boolean {
  if (flags.has('api-group') && group !== flags.text('api-group')) return false;
  if (flags.has('namespaced') && namespaced !== flags.isTrue('namespaced')) return false;
  return (
    listOf(flags, 'verbs').every((verb) => verbs.includes(verb)) &&
    listOf(flags, 'categories').every((category) => categories.includes(category))
  );
}

function listOf(flags: Flags, name: string): readonly string[] {
  return flags
    .all(name)
    .flatMap((text) => text.split(','))
    .filter((word) => word !== '');
}

function inOrder(left: ServedResource, right: ServedResource, sortBy: string): number {
  const [one, other] = [left, right].map(({ group, kind, plural }) =>
    sortBy === 'kind' ? kind : sortBy === 'name' ? plural : group,
  ) as [string, string];
  if (one !== other) return one < other ? -1 : 1;
  return left.plural < right.plural ? -1 : left.plural > right.plural ? 1 : 0;
}

function rowOf(resource: ServedResource, wide: boolean): readonly string[] {
  const { plural, shortNames, group, version, namespaced, kind, verbs, categories } = resource;
  const apiVersion = group === '' ? version : `${group}/${version}`;
  const row = [plural, shortNames.join(','), apiVersion, String(namespaced), kind];
  return wide ? [...row, verbs.join(','), categories.join(',')] : row;
}
