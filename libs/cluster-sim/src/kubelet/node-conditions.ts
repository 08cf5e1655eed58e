import type { NodeCondition } from '@kubedrill/kube-model';

type Finding = Pick<NodeCondition, 'type' | 'status' | 'reason' | 'message'>;

/** What a kubelet finds on a node that has all it needs, in its order: pkg/kubelet/nodestatus/setters.go. */
const findings: readonly Finding[] = [
  {
    type: 'MemoryPressure',
    status: 'False',
    reason: 'KubeletHasSufficientMemory',
    message: 'kubelet has sufficient memory available',
  },
  {
    type: 'DiskPressure',
    status: 'False',
    reason: 'KubeletHasNoDiskPressure',
    message: 'kubelet has no disk pressure',
  },
  {
    type: 'PIDPressure',
    status: 'False',
    reason: 'KubeletHasSufficientPID',
    message: 'kubelet has sufficient PID available',
  },
  { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' },
];

/** The conditions that a kubelet posts; those of others stay, and a time changes only with the status. */
export function postedConditions(before: readonly NodeCondition[], time: string): readonly NodeCondition[] {
  const posted = findings.map((finding): NodeCondition => {
    const former = before.find(({ type }) => type === finding.type);
    const isSame = former?.status === finding.status;
    return {
      ...finding,
      lastHeartbeatTime: time,
      lastTransitionTime: isSame ? former.lastTransitionTime : time,
    };
  });
  return [...posted, ...before.filter(({ type }) => !findings.some((finding) => finding.type === type))];
}

export function isAsPosted(conditions: readonly NodeCondition[]): boolean {
  return findings.every((finding) =>
    conditions.some(
      ({ type, status, reason }) => type === finding.type && status === finding.status && reason === finding.reason,
    ),
  );
}
