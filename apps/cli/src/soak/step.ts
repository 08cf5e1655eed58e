import {
  type ApiRequest,
  type Cluster,
  type DnsQueryType,
  type ExecTarget,
  type Probe,
  type VantagePoint,
} from '@kubedrill/cluster-sim';
import { runOnWorkstation } from '@kubedrill/kubectl';
import { kinds, parseManifests, type KubeObject } from '@kubedrill/kube-model';

/** Something that a client does to a cluster; plain data, so that a failure can be shown, made smaller and done again. */
export type Step =
  | { readonly do: 'request'; readonly request: ApiRequest }
  /** `kubectl apply -f` of a file with that text. */
  | { readonly do: 'apply'; readonly text: string }
  | { readonly do: 'workstation'; readonly script: string }
  | { readonly do: 'exec'; readonly target: ExecTarget; readonly argv: readonly string[] }
  | { readonly do: 'trace' | 'connect'; readonly probe: Probe }
  | { readonly do: 'resolve'; readonly from: VantagePoint; readonly name: string; readonly type: DnsQueryType }
  | { readonly do: 'rules'; readonly node: string }
  | { readonly do: 'advance'; readonly milliseconds: number }
  | { readonly do: 'settle' };

/** What the step answers, as data. Whatever it throws is a fault of the simulation. */
export function play(cluster: Cluster, step: Step): unknown {
  switch (step.do) {
    case 'request':
      return cluster.api.handle(step.request);
    case 'apply': {
      const { documents, issues } = parseManifests([{ path: 'manifest.yaml', content: step.text }]);
      const positions = documents.map((document) => document.locate(['spec', 'ports', 0, 'port']));
      return [issues, positions, cluster.apply(documents).map(({ printed, patch }) => [printed, patch])];
    }
    case 'workstation':
      return runOnWorkstation(cluster, { namespace: 'default', files: new Map() }, step.script);
    case 'exec':
      return cluster.exec(step.target, step.argv);
    case 'trace':
      return cluster.trace(step.probe);
    case 'connect':
      return cluster.connect(step.probe);
    case 'resolve':
      return cluster.resolve(step.from, step.name, step.type);
    case 'rules':
      return cluster.proxyRules(step.node);
    case 'advance':
      return cluster.advance(step.milliseconds);
    case 'settle':
      return cluster.settle();
  }
}

/** Everything that the steps answer, and what they leave behind, to the byte. */
export function transcript(cluster: Cluster, steps: readonly Step[]): string {
  const answers = steps.map((step) => JSON.stringify(play(cluster, step)) ?? 'nothing');
  return [...answers, state(cluster)].join('\n');
}

/** All stored objects and the time. */
export function state({ view, clock }: Cluster): string {
  const objects = kinds.flatMap((kind): readonly KubeObject[] => view.list(kind));
  return [view.resourceVersion, clock.now(), ...objects.map((object) => JSON.stringify(object))].join('\n');
}
