import type { ObjectView } from '@kubedrill/cluster-sim';
import type { Pod } from '@kubedrill/kube-model';
import type { RecordedPod } from './case-file.ts';

/** Pods of a controller have a number in the recording: "deployment/web#2". */
export function isNumbered(name: string): boolean {
  return name.includes('#');
}

export function ownerOfName(name: string): string {
  return name.slice(0, name.indexOf('#'));
}

/**
 * Which simulated Pod is which recorded one. A bare Pod is known by its name; a Pod of a controller becomes the first recorded
 * one of its controller and node that is still to come, and stays it.
 */
export class RecordedPods {
  private recorded: ReadonlyMap<string, RecordedPod> = new Map();
  private readonly nameByUid = new Map<string, string>();

  /** The Pods that the recording has after the step that comes now. */
  expect(recorded: ReadonlyMap<string, RecordedPod>): void {
    this.recorded = recorded;
  }

  get expected(): ReadonlyMap<string, RecordedPod> {
    return this.recorded;
  }

  /** The address that the Pod had in the recording. */
  addressOf(pod: Pod): string | undefined {
    const name = this.nameOf(pod);
    return name === undefined ? undefined : this.recorded.get(name)?.ip;
  }

  /** Undefined for a Pod that the recording does not have. */
  nameOf(pod: Pod): string | undefined {
    const owner = ownerOf(pod);
    if (owner === undefined) return bareName(pod);
    const known = this.nameByUid.get(pod.metadata.uid);
    if (known !== undefined) return known;
    const taken = new Set(this.nameByUid.values());
    for (const [name, { node }] of this.recorded) {
      if (!name.startsWith(`${owner}#`) || node !== pod.spec.nodeName || taken.has(name)) continue;
      this.nameByUid.set(pod.metadata.uid, name);
      return name;
    }
    return undefined;
  }

  find(view: ObjectView, name: string): Pod | undefined {
    return view.list('Pod').find((pod) => this.nameOf(pod) === name);
  }

  /** The Pod is to be replaced by another one, which will be the recorded one in its stead. */
  forget(pod: Pod): void {
    this.nameByUid.delete(pod.metadata.uid);
  }
}

/** "pod/x", or "pod/x@shop" for another namespace than default. */
function bareName({ metadata: { name, namespace = 'default' } }: Pod): string {
  return namespace === 'default' ? `pod/${name}` : `pod/${name}@${namespace}`;
}

/** "deployment/web"; undefined for a bare Pod. */
export function ownerOf({ metadata }: Pod): string | undefined {
  const controller = metadata.ownerReferences?.find((reference) => reference.controller === true);
  if (!controller) return undefined;
  const hash = metadata.labels?.['pod-template-hash'];
  if (controller.kind === 'ReplicaSet' && hash !== undefined && controller.name.endsWith(`-${hash}`))
    return `deployment/${controller.name.slice(0, -hash.length - 1)}`;
  return `${controller.kind.toLowerCase()}/${controller.name}`;
}
