import {
  apiVersionOf,
  autoscalingV1,
  eventsV1,
  type Event,
  type HorizontalPodAutoscaler,
  type JsonObject,
  type KubeObject,
  type ResourceInfo,
} from '@kubedrill/kube-model';
import { newerEvent } from '../kinds/event/events-v1.ts';
import { olderAutoscaler } from '../kinds/horizontal-pod-autoscaler/autoscaling-v1.ts';

/** A stored object in the form of the version that was asked for: what a watch shows. */
export function inVersion(resource: ResourceInfo, object: KubeObject): JsonObject {
  switch (apiVersionOf(resource)) {
    case apiVersionOf(eventsV1):
      return newerEvent(object as Event);
    case apiVersionOf(autoscalingV1):
      return olderAutoscaler(object as HorizontalPodAutoscaler);
    default:
      return object as unknown as JsonObject;
  }
}
