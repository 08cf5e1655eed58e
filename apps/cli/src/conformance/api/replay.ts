import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Cluster } from '@kubedrill/cluster-sim';
import { isJsonObject, parseManifests, type Json, type JsonObject } from '@kubedrill/kube-model';
import { filesBelow, readJson } from '../case-directory.ts';
import { createRecordedCluster } from '../recorded-cluster.ts';
import { listOf, objectOf } from '../recorded-json.ts';
import type { SimulatedRecordings } from '../recordings.ts';
import { outcomeOf, type StepDifference } from '../report.ts';
import type { CaseContext } from './case-context.ts';
import { readApiCase, type ApiCase, type CaseStep } from './case-file.ts';
import { namespaceState } from './namespace-state.ts';
import { Placeholders } from './placeholders.ts';
import { perform } from './step-actions.ts';
import { compareStep } from './step-comparison.ts';

/** The namespace of the case; unlikely enough to occur in a case's own text. */
const caseNamespace = 'kubedrill-case-namespace';
const quietWhileAddressesDiffer = 4_000;
const recordedNodes = 3;

/** Cases in a folder laid out as cases/<topic>/<name>.yaml and expected/<topic>/<name>.json. */
export function openApiRecordings(folder: string): SimulatedRecordings {
  const base = createRecordedCluster({ nodes: recordedNodes });
  applyText(base, `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${caseNamespace}}\n`);
  base.settle();
  return {
    names: filesBelow(path.join(folder, 'cases'), '.yaml').map((file) => file.slice(0, -'.yaml'.length)),
    replay: (name) => outcomeOf(`api/${name}`, () => replayCase(folder, name, base.fork())),
  };
}

function applyText(cluster: Cluster, content: string): void {
  cluster.apply(parseManifests([{ path: 'case.yaml', content }]).documents);
}

function replayCase(folder: string, name: string, cluster: Cluster): readonly StepDifference[] {
  const text = readFileSync(path.join(folder, 'cases', `${name}.yaml`), 'utf8');
  const [document] = parseManifests([{ path: `${name}.yaml`, content: text }]).documents;
  const file = readApiCase(document?.value);
  const recorded = objectOf(readJson(path.join(folder, 'expected', `${name}.json`)) as Json, 'the result');
  const recordedSteps = listOf(recorded.steps, 'steps').map((step) => objectOf(step, 'a step'));
  const placeholders = new Placeholders(caseNamespace, text);
  const context: CaseContext = { cluster, case: file, namespace: caseNamespace, placeholders, applied: new Map() };
  return file.steps.flatMap((step, index) => {
    const observed = replayStep(context, step, text);
    return compareStep(
      `${index} ${step.action.kind}`,
      recordedSteps.find((one) => one.step === index),
      observed,
    );
  });
}

/** What a recording of the step would hold. */
function replayStep(context: CaseContext, { action, settle, snapshot }: CaseStep, caseText: string): JsonObject {
  const { cluster, placeholders, case: file } = context;
  const results = perform(context, action);
  if (settle && action.kind !== 'get') settleCase(cluster, file);
  const namespaces = namespacesOf(file);
  const identities = placeholders.observe(cluster.view, namespaces);
  const shown = { full: file.full, caseText };
  const states = namespaces.map((namespace): [string, Json] => [
    namespace === caseNamespace ? '' : `namespace ${namespace}`,
    placeholders.inState(namespaceState(cluster.view, namespace, identities, shown), namespace),
  ]);
  const { '': own, ...others } = Object.fromEntries(states);
  return {
    ...(results ? { results } : {}),
    ...(snapshot ? { state: { settled: true, ...(isJsonObject(own) ? own : {}), ...others } } : {}),
  };
}

/** As the recorder waited: longer while Endpoints and slices of some Service disagree. */
function settleCase(cluster: Cluster, { quietMilliseconds }: ApiCase): void {
  cluster.settle(quietMilliseconds);
  if (addressesDiffer(cluster)) cluster.settle(quietWhileAddressesDiffer);
}

function addressesDiffer({ view }: Cluster): boolean {
  return view.list('Service', caseNamespace).some(({ metadata }) => {
    const endpoints = view.get('Endpoints', caseNamespace, metadata.name);
    const slices = view.indexed('EndpointSlice', 'service', `${caseNamespace}/${metadata.name}`);
    const listed = new Set(
      endpoints?.subsets?.flatMap(({ addresses = [], notReadyAddresses = [] }) =>
        [...addresses, ...notReadyAddresses].map(({ ip }) => ip),
      ),
    );
    const sliced = new Set(slices.flatMap((slice) => (slice.endpoints ?? []).flatMap(({ addresses }) => addresses)));
    return listed.size !== sliced.size || [...listed].some((address) => !sliced.has(address));
  });
}

/** The case's own namespace first, then those that its manifests name, whether they still exist or not. */
function namespacesOf({ steps }: ApiCase): readonly string[] {
  const named = steps.flatMap(({ action }) => ('text' in action ? namespacesIn(action.text) : []));
  return [caseNamespace, ...new Set(named)];
}

const unrecordedNamespaces = /^(default|kube-.*)$/;

function namespacesIn(content: string): readonly string[] {
  const { documents } = parseManifests([{ path: 'case.yaml', content }]);
  return documents.flatMap(({ value }) => {
    const namespace = isJsonObject(value.metadata) ? value.metadata.namespace : undefined;
    return typeof namespace === 'string' && !unrecordedNamespaces.test(namespace) ? [namespace] : [];
  });
}
