import type { Instant } from '@kubedrill/cluster-sim';

/** k8s.io/klog's header: severity, month and day, time with microseconds, process, place in the source. */
export function klogLine(severity: 'E' | 'F' | 'I' | 'W', now: Instant, place: string, text: string): string {
  const [, month = '', day = '', time = ''] = /^\d+-(\d+)-(\d+)T(.*)Z$/.exec(new Date(now).toISOString()) ?? [];
  return `${severity}${month}${day} ${time}000 ${String(process).padStart(7)} ${place}] ${text}`;
}

/** The number of the process; every kubectl is the only one. */
const process = 1;
