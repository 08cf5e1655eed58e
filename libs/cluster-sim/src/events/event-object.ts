import type { Event, KubeObject, ObjectReference } from '@kubedrill/kube-model';
import { randomUid } from '../api/uid.ts';
import { dns1123Subdomain } from '../api/validation/text-format.ts';
import { createRandom } from '../engine/random.ts';
import { formatTime, type Instant } from '../engine/time.ts';
import type { Remark } from './remark.ts';

/** A moment to the nanosecond, which names Events. */
export interface Moment {
  readonly at: Instant;
  /** Beyond the millisecond. */
  readonly nanoseconds: number;
}

/** An Event before it is stored. Those of the newer recorder are named after the host that runs the component too. */
export function eventOf(remark: Remark, moment: Moment, controlPlane: string): Event {
  const { by, about, fieldPath, type, reason, message } = remark;
  const involvedObject = { ...referenceTo(about), ...(fieldPath === undefined ? {} : { fieldPath }) };
  const name = eventName(involvedObject.name ?? '', moment);
  const namespace = namespaceOf(remark);
  const common = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace, uid: '', resourceVersion: '', creationTimestamp: '' },
    involvedObject,
    reason,
    message: typeof message === 'string' ? message : message(),
  } as const;
  const { component } = by;
  if (by.form === 'newer') {
    return {
      ...common,
      ...{ source: {}, firstTimestamp: null, lastTimestamp: null, type },
      ...{ eventTime: microTime(moment), action: by.action },
      ...{ reportingComponent: component, reportingInstance: `${component}-${controlPlane}` },
    };
  }
  const time = formatTime(moment.at);
  const { host } = by;
  return {
    ...common,
    ...{ source: { component, ...(host === undefined ? {} : { host }) }, firstTimestamp: time, lastTimestamp: time },
    ...{ count: 1, type, eventTime: null, reportingComponent: component, reportingInstance: host ?? '' },
  };
}

/** What concerns no namespace is said in "default". */
export function namespaceOf({ about }: Pick<Remark, 'about'>): string {
  return ('metadata' in about ? about.metadata.namespace : about.namespace) || 'default';
}

/** client-go/tools/reference GetReference. */
function referenceTo(about: KubeObject | ObjectReference): ObjectReference {
  if (!('metadata' in about)) return about;
  const { kind, apiVersion, metadata } = about;
  const { namespace, name, uid, resourceVersion } = metadata;
  return { kind, ...(namespace ? { namespace } : {}), name, uid, apiVersion, resourceVersion };
}

/** GenerateEventName: what would be no name gives way to a UUID. */
function eventName(about: string, { at, nanoseconds }: Moment): string {
  const name = `${about}.${(BigInt(at) * 1_000_000n + BigInt(nanoseconds)).toString(16)}`;
  return dns1123Subdomain(name).length === 0 ? name : uidFor(name);
}

/** It follows from the name, so that reading Events takes nothing from the cluster's generator. */
export function uidFor(text: string): string {
  return randomUid(createRandom(hash(text)));
}

/** FNV-1a. */
export function hash(text: string): number {
  let hashed = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hashed = Math.imul(hashed ^ text.charCodeAt(index), 0x01000193);
  return hashed >>> 0;
}

export function microTime({ at, nanoseconds }: Moment): string {
  const microseconds = (at % 1000) * 1000 + Math.floor(nanoseconds / 1000);
  return `${formatTime(at).slice(0, -1)}.${String(microseconds).padStart(6, '0')}Z`;
}
