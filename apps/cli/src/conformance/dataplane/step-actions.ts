import type { ApiRequest } from '@kubedrill/cluster-sim';
import { parseManifests } from '@kubedrill/kube-model';
import {
  deleteRequest,
  metadataChange,
  patchRequest,
  resolveName,
  scaleChange,
  type PatchChange,
  type ResolvedTarget,
} from '../change-request.ts';
import type { DataplaneAction } from './case-file.ts';
import { settleLab, type Lab } from './lab.ts';
import { markDoomedPods, placeAsRecorded } from './pod-placement.ts';

const caseNamespace = 'default';

type ChangeAction = Exclude<DataplaneAction, { kind: 'dump' | 'probe' | 'open' | 'use' }>;

/** Carries out a step that changes something. Whatever is refused was accepted in the recording: the replay ends. */
export function performChange(lab: Lab, action: ChangeAction): void {
  switch (action.kind) {
    case 'sleep':
      lab.cluster.advance(action.seconds * 1000);
      return;
    case 'route':
      lab.cluster.dataPlane.addRoute({ ...action, on: action.on === 'switch' ? 'gateway' : action.on });
      return;
    case 'kubeProxy':
      lab.cluster.dataPlane.setProxy(action.node, action.state);
      return;
    default:
      markDoomedPods(lab);
      changeObjects(lab, action);
      settleLab(lab);
      placeAsRecorded(lab);
      lab.cluster.dataPlane.sync();
  }
}

function changeObjects(lab: Lab, action: Exclude<ChangeAction, { kind: 'sleep' | 'route' | 'kubeProxy' }>): void {
  switch (action.kind) {
    case 'apply':
      apply(lab, action.text);
      return;
    case 'delete':
      for (const { target, grace } of action.targets) send(lab, deleteRequest(resolve(target), 'Background', grace));
      return;
    case 'patch':
      patch(lab, action.target, action);
      return;
    case 'scale':
      patch(lab, action.target, scaleChange(action.replicas));
      return;
    case 'annotate':
    case 'label':
      for (const { target, set } of action.changes)
        patch(lab, target, metadataChange(action.kind === 'label' ? 'labels' : 'annotations', set));
  }
}

/** "${podIP:pod/x}" stands for that Pod's address. */
function apply(lab: Lab, text: string): void {
  const content = text.replace(/\$\{podIP:([^}]+)\}/g, (_, name: string) => {
    const address = lab.pods.find(lab.cluster.view, name)?.status.podIP;
    if (address === undefined) throw new Error(`the simulated cluster has no ${name} with an address`);
    return address;
  });
  const { documents, issues } = parseManifests([{ path: 'case.yaml', content }]);
  for (const { message } of issues) throw new Error(message);
  for (const { response, printed } of lab.cluster.apply(documents, { namespace: caseNamespace }))
    if (!response.ok) throw new Error(`refused: ${printed}`);
}

function resolve(text: string): ResolvedTarget {
  const target = resolveName(text, caseNamespace);
  if (!target) throw new Error(`${text}: the simulated API has no such kind`);
  return target;
}

function patch(lab: Lab, target: string, change: PatchChange): void {
  send(lab, patchRequest(resolve(target), change));
}

function send({ cluster }: Lab, request: ApiRequest): void {
  const response = cluster.api.handle(request);
  if (!response.ok) throw new Error(`refused: ${response.status.message}`);
}
